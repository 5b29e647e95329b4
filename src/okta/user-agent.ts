import { readFileSync } from "node:fs";

/** How we name ourselves to the org: product, Node, platform. Nothing of the operator or machine. */
export function userAgent(): string {
  return `okta-migrate/${packageVersion()} (Node ${process.version}; ${process.platform})`;
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest
      ? manifest.version
      : undefined;
  return typeof version === "string" ? version : "0";
}
