import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { SourceValue } from "../../src/core/index.ts";
import {
  type Beside,
  type HashFormat,
  readStoredHash,
  type StoredHash,
} from "../../src/passwords/formats/index.ts";
import { openVerifier } from "../../src/passwords/index.ts";
import { systemClock } from "../../src/platform/index.ts";

/** A hash that was published with its password, as a source would hold it. */
interface Fixture {
  readonly format: string;
  readonly hash: SourceValue;
  readonly salt?: SourceValue;
  readonly params?: Beside["params"];
  readonly beside?: Beside;
  /** Null where its publisher didn't tell it. */
  readonly password: string | null;
  readonly source: string;
  /** Said where its publisher and Okta's documentation can't both be right. */
  readonly conflict?: true;
}

const FOLDER = new URL("../../fixtures/passwords/", import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

const verifier = openVerifier({ clock: systemClock, maxWaiting: 1000 });
afterAll(() => verifier.close());

/** Everything that a fixture can stand for; where it is ambiguous, its password tells. */
function readingsOf(fixture: Omit<Fixture, "password">): readonly StoredHash[] {
  const { format, hash, salt, params, beside } = fixture;
  const known: Beside = {
    ...beside,
    ...(salt === undefined ? {} : { salt }),
    ...(params === undefined ? {} : { params }),
  };
  const reading = readStoredHash(hash, format as HashFormat, known);
  switch (reading.kind) {
    case "stored":
      return [reading.stored];
    case "ambiguous":
      return reading.candidates;
    case "absent":
    case "unusable":
      return [];
  }
}

async function isRightFor(fixture: Omit<Fixture, "password">, password: string): Promise<boolean> {
  const verdicts = await Promise.all(
    readingsOf(fixture).map(({ computation }) =>
      verifier.verify({ computation, password: new TextEncoder().encode(password) }),
    ),
  );
  expect(verdicts).not.toContain("full");
  return verdicts.includes("right");
}

describe.each(FILES)("published hashes in %s", (file) => {
  const fixtures = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as readonly Fixture[];
  const sound = fixtures.flatMap(({ password, ...fixture }, index) =>
    password === null || fixture.conflict === true
      ? []
      : [{ fixture, password, name: `${fixture.format}, number ${index + 1}` }],
  );

  it.each(sound)("are right for their password and no other: $name", async (known) => {
    const { fixture, password } = known;
    expect(await isRightFor(fixture, password)).toBe(true);
    expect(await isRightFor(fixture, `x${password}`)).toBe(false);
  });
});

it("every file of published hashes holds some", () => {
  for (const file of FILES) {
    expect(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))).not.toHaveLength(0);
  }
});
