import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bareEnvironment } from "../support/run-cli.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

it("the emulator works as the example for tests of other projects says", () => {
  const page = readFileSync(new URL("../../docs/emulator.md", import.meta.url), "utf8");
  const example = /^```js\n([^]*?)^```$/m.exec(page)?.[1] ?? "";
  // It names the package as others do; in its own folder that leads to what was built.
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module"], {
    cwd: ROOT,
    env: bareEnvironment(),
    input: example,
    encoding: "utf8",
    timeout: 60_000,
  });
  expect({ status, stderr, lines: stdout.trim().split("\n") }).toEqual({
    status: 0,
    stderr: "",
    lines: ["200 99", "ines@example.com ACTIVE hook", "[ 'POST /api/v1/users' ]", "503"],
  });
});
