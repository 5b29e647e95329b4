import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { isUnreadable } from "../../src/core/index.ts";
import { planMapping, type PresetName, withPreset } from "../../src/mapping/index.ts";
import { openSource } from "../../src/sources/index.ts";
import { builtInSchema } from "../../src/validation/index.ts";

async function profilesOf(name: PresetName): Promise<Readonly<Record<string, unknown>>[]> {
  const location = fileURLToPath(
    new URL(`../../fixtures/exports/${name}/users.json`, import.meta.url),
  );
  const config = withPreset(undefined, { name, hashes: undefined });
  const records = config?.source?.records;
  const source = openSource({ location, ...(records === undefined ? {} : { records }) });
  const head = await source.head();
  const mapping = planMapping({ head, config, schema: builtInSchema(), needsSecrets: false });
  const profiles = [];
  for await (const batch of source.read()) {
    for (const entry of batch) {
      if (!isUnreadable(entry)) profiles.push({ ...mapping.map(entry).draft.profile });
    }
  }
  return profiles;
}

it("a customer with several addresses in Azure AD B2C signs in with the first of them", async () => {
  const profiles = await profilesOf("entra-b2c");
  expect(profiles[1]).toMatchObject({
    login: "bela.toth@example.com",
    email: "bela.toth@example.com",
  });
});

it("a number that people sign in to FusionAuth with is carried like any other", async () => {
  const profiles = await profilesOf("fusionauth");
  expect(profiles.map(({ mobilePhone }) => mobilePhone)).toEqual([
    "+4915112345678",
    undefined,
    "+4915187654321",
  ]);
});

it("of PingOne's preferred languages the first is carried, without its weight", async () => {
  const profiles = await profilesOf("ping");
  expect(profiles.map(({ preferredLanguage }) => preferredLanguage)).toEqual([
    "de-DE",
    undefined,
    undefined,
  ]);
});
