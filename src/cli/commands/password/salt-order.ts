import type { StoredHash } from "../../../passwords/formats/index.ts";

/** Where the salt stands, of hashes for which that is a choice. */
export function saltOrderOf({ computation }: StoredHash): "PREFIX" | "POSTFIX" | undefined {
  const opened = computation.reveal();
  if (opened.kind !== "digest" || opened.salted === "none") return undefined;
  return opened.salted === "prefix" ? "PREFIX" : "POSTFIX";
}
