import { settingsOf } from "../../../sample/index.ts";
import type { SampleOptions } from "./options.ts";

/** Says what was written, and what reading it takes: a sentence, or one JSON line. */
export function sayEnd(options: SampleOptions, users: number): void {
  const { format, hashes, out, passwords, truth, like, seed } = options;
  if (options.json) {
    const line = { event: "sample", users, format, hashes, out, passwords, truth, like, seed };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const where = out === "-" ? "standard output" : out;
  const also = passwords === undefined ? "" : `, and their passwords to ${passwords}`;
  process.stderr.write(`Wrote ${users} invented users to ${where}${also}.\n`);
  for (const line of configHints(options)) process.stderr.write(`${line}\n`);
}

/** Lines for `migration.yaml`, for formats that nothing in a hash tells. */
function configHints({ hashes, hashParams }: SampleOptions): readonly string[] {
  return hashes.flatMap((hash) => {
    const settings = Object.entries(settingsOf(hash)).map(([key, value]) => `${key}: ${value}`);
    if (settings.length === 0) return [];
    const columns = ["hash: password_hash", "salt: password_salt"];
    const variable =
      hash === "firebase-scrypt" ? `, with OKTA_MIGRATE_HASH_PARAMS_FILE=${hashParams ?? ""}` : "";
    return [
      `For ${hash} migration.yaml needs: password: {${[...columns, ...settings].join(", ")}}${variable}`,
    ];
  });
}
