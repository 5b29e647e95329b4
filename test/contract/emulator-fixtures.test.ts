import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { send, type Sent } from "./emulator-caller.ts";

interface Fixture {
  readonly source: string;
  readonly date: string;
  readonly given?: readonly Sent[];
  readonly request: Sent;
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const FOLDER = new URL("../../fixtures/okta/", import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));

/** What an org must be like for a fixture to hold. */
const ORGS: Readonly<Record<string, Partial<EmulatorOptions>>> = { "rate-limited": { limit: 1 } };

/** What a fixture leaves open. */
const OPEN: Readonly<Record<string, RegExp>> = {
  "<text>": /^.+$/s,
  "<instant>": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  "<user id>": /^00u[0-9A-Za-z]{17}$/,
  "<group id>": /^00g[0-9A-Za-z]{17}$/,
  "<epoch seconds>": /^\d{10}$/,
};

/** What a fixture says, ready for comparison: members it does not name are free. */
function expected(value: unknown): unknown {
  if (typeof value === "string") {
    const open = OPEN[value];
    return open === undefined ? value : expect.stringMatching(open);
  }
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, expected(member)] as const);
  return expect.objectContaining(Object.fromEntries(members));
}

describe("the emulator answers as Okta's documentation says", () => {
  let emulator: Emulator | undefined;

  afterEach(async () => {
    await emulator?.close();
    emulator = undefined;
  });

  it.each(NAMES)("%s", async (name) => {
    const fixture = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as Fixture;
    emulator = await startEmulator({ clock: new FakeClock(), ...ORGS[name] });
    for (const before of fixture.given ?? []) {
      expect((await send(emulator, before)).status).toBe(200);
    }
    const got = await send(emulator, fixture.request);
    expect(got.body).toEqual(expected(fixture.answer.body));
    expect(got.status).toBe(fixture.answer.status);
    expect(got.headers).toMatchObject({
      "x-okta-request-id": expect.stringMatching(/^.{20,}$/) as unknown,
      date: expect.stringMatching(/GMT$/) as unknown,
    });
    for (const [header, value] of Object.entries(fixture.answer.headers ?? {})) {
      expect(got.headers[header]).toEqual(expected(value));
    }
  });

  it.each(NAMES)("%s tells where it is from and when that was read", (name) => {
    const fixture = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as Fixture;
    expect(fixture.source).toMatch(/OpenAPI 2026|^https:\/\//);
    expect(fixture.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
