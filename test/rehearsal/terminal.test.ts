import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, people } from "../support/invented-people.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const ERASE_LINE = "\r\u001b[K";
const BOLD = "\u001b[1m";
const GREEN = "\u001b[32m";

function folderWith(count: number): string {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), csvOf(people(count)));
  return cwd;
}

/** Everything that was drawn on the progress line, one after the other. */
function progressLines(shown: string): readonly string[] {
  return shown
    .split(ERASE_LINE)
    .slice(1)
    .map((text) => stripVTControlCharacters(text.split("\r\n")[0] ?? ""))
    .filter((line) => /\d (done|\/)|\d\/\d/.test(line));
}

const isThere = hasTerminal();
if (!isThere) console.warn("Not tested, for want of util-linux's script: what a terminal shows.");

describe.skipIf(!isThere)("on a terminal", () => {
  it.each([
    ["n", 2, 0],
    ["\r", 2, 0],
    ["y", 0, 3],
  ])("a question names org and count, and %j is its answer", async (keys, code, users) => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(3);
    const running = startOnTerminal(["import", "users.csv"], { columns: 80, cwd, env: org.env });
    const shown = await running.shows(/Create 3 users in 127\.0\.0\.1:\d+\?/);
    expect(shown).toContain(new URL(org.url).host);
    expect(org.ledger().users).toBe(0);
    running.type(keys);
    expect((await running.ended).code).toBe(code);
    expect(org.ledger().users).toBe(users);
  });

  it("nothing is drawn over the question", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(3);
    const running = startOnTerminal(["import", "users.csv"], { columns: 80, cwd, env: org.env });
    const shown = await running.shows(/Create 3 users/);
    const lastLine = shown
      .slice(0, shown.indexOf("Create 3 users"))
      .split("\n")
      .slice(-2)
      .join("\n");
    expect(lastLine).not.toMatch(/0 done|0\/3/);
    running.type("n");
    await running.ended;
  });

  it("Ctrl-C at the question sends nothing", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(3);
    const running = startOnTerminal(["import", "users.csv"], { columns: 80, cwd, env: org.env });
    await running.shows(/Create 3 users/);
    running.type("\u0003");
    expect((await running.ended).code).toBe(130);
    expect(org.ledger().users).toBe(0);
  });

  it.each([24, 40, 100])("the progress line keeps to %i columns", async (columns) => {
    const org = await startEmulatedOrg({ latencyMs: 30, limit: 100_000, windowMs: 2000 });
    const cwd = folderWith(60);
    const args = ["import", "users.csv", "--max-concurrency", "2", "--yes"];
    const running = startOnTerminal(args, { columns, cwd, env: org.env });
    const { code, shown } = await running.ended;
    expect(code).toBe(0);
    const lines = progressLines(shown);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect([...line].length).toBeLessThan(columns);
  });

  it("the summary and the causes fit in a narrow one", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "u.csv"), csvOf(people(2, { firstName: "" })));
    const args = ["import", "u.csv", "--run", "r", "--yes"];
    const { shown } = await startOnTerminal(args, { columns: 40, cwd, env: org.env }).ended;
    const causes = shown.slice(shown.indexOf("REQUIRED_MISSING"), shown.indexOf("0 rate limited"));
    for (const line of stripVTControlCharacters(causes).split("\r\n")) {
      if (!line.includes("/")) expect([...line].length).toBeLessThanOrEqual(40);
    }
  });

  it("NO_COLOR leaves the colours out", async () => {
    const org = await startEmulatedOrg();
    const options = { columns: 80, cwd: folderWith(1) };
    const args = ["import", "users.csv", "--yes"];
    const plain = startOnTerminal(args, { ...options, env: { ...org.env, NO_COLOR: "1" } });
    const { shown } = await plain.ended;
    for (const colour of [BOLD, GREEN]) expect(shown).not.toContain(colour);
    const coloured = startOnTerminal(args, { ...options, env: org.env });
    expect((await coloured.ended).shown).toContain(GREEN);
  });

  it("names of the source can't play tricks on it", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const name = "\u001b]0;title\u0007\u202egnp.exe";
    const rows = people(2, { [`${name}`]: "x", firstName: "", lastName: `${name}`.repeat(10) });
    writeFileSync(join(cwd, "u.csv"), csvOf(rows));
    const args = ["import", "u.csv", "--yes"];
    const { shown } = await startOnTerminal(args, { columns: 80, cwd, env: org.env }).ended;
    expect(shown).not.toContain("\u001b]0");
    expect(shown).not.toContain("\u0007");
    expect(shown).not.toContain("\u202e");
  });

  it("for a production org its host is typed, and nothing less will do", async () => {
    const cwd = folderWith(2);
    const made = spawnSync(
      "openssl",
      "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=acme.example -addext subjectAltName=DNS:acme.example -keyout key.pem -out cert.pem".split(
        " ",
      ),
      { cwd, stdio: "ignore" },
    );
    if (made.status !== 0) {
      console.warn("Not tested, for want of openssl: the question before a production org.");
      return;
    }
    const tls = {
      cert: readFileSync(join(cwd, "cert.pem"), "utf8"),
      key: readFileSync(join(cwd, "key.pem"), "utf8"),
    };
    const org = await startEmulatedOrg({ tls });
    const { port } = new URL(org.url);
    // The name leads to this machine, in the command's own process.
    const names = `data:text/javascript,${encodeURIComponent(
      `import dns from "node:dns"; const { lookup } = dns;
       dns.lookup = (name, ...rest) => lookup(name === "acme.example" ? "127.0.0.1" : name, ...rest);`,
    )}`;
    const env = {
      ...org.env,
      OKTA_ORG_URL: `acme.example:${port}`,
      NODE_EXTRA_CA_CERTS: join(cwd, "cert.pem"),
      NODE_OPTIONS: `--import=${names}`,
    };
    const options = { columns: 80, cwd, env };
    for (const [typed, code, users] of [
      ["y\r", 2, 0],
      ["acme.example.org\r", 2, 0],
      [`acme.example:${port}\r`, 0, 2],
    ] as const) {
      const running = startOnTerminal(["import", "users.csv"], options);
      await running.shows(/Create 2 users in the production org acme\.example.*host/s);
      running.type(typed);
      expect((await running.ended).code).toBe(code);
      expect(org.ledger().users).toBe(users);
    }
  });
});
