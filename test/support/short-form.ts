/**
 * Cases of a long table whose every case starts processes: each `step`-th of them, and all of them
 * where the environment says `OKTA_MIGRATE_TESTS=all`, as `npm run test:all` does.
 */
export function shortForm<Case>(cases: readonly Case[], step: number): readonly Case[] {
  if (process.env["OKTA_MIGRATE_TESTS"] === "all") return cases;
  return cases.filter((_, index) => index % step === 0);
}
