import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { aPerson, csvOf } from "../support/invented-people.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import {
  isUserCreate,
  oktaError,
  type ReceivedRequest,
  type StandInAnswer,
  startStandInOrg,
} from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const FLAGS = ["users.csv", "--staged", "--run", "run", "--yes", "--json"];
const BY_NAME = "profile: {login: uid, email: email, firstName: firstName, lastName: lastName}\n";

function folder(): string {
  const cwd = makeTempFolder();
  const rows = [1, 2].map((index) => ({ ...aPerson(index), uid: `uid${index}@example.com` }));
  writeFileSync(join(cwd, "users.csv"), csvOf(rows));
  return cwd;
}

const isFor = ({ body }: ReceivedRequest, login: string): boolean =>
  body.includes(`"login":"${login}"`);

it("an attempt cut off is settled under the login that was sent when the mapping has another now", async () => {
  let isHanging = true;
  const never = new Promise<undefined>(() => undefined);
  const org = await startStandInOrg({
    answer: (request): StandInAnswer | undefined | Promise<undefined> => {
      if (isUserCreate(request) && isHanging) return never;
      if (isHanging || request.path !== "/api/v1/users/person1%40example.com") return undefined;
      const profile = { login: "person1@example.com", email: "person1@example.com" };
      const created = new Date(Date.now() + 1000).toISOString();
      return { status: 200, body: { id: "00uLate", status: "STAGED", created, profile } };
    },
  });
  const options = { cwd: folder(), env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" } };
  const killed = startCli(["import", ...FLAGS], options);
  await expect.poll(() => org.requests.filter(isUserCreate).length, { timeout: 20_000 }).toBe(1);
  killed.child.kill("SIGKILL");
  await killed.ended;
  // The request that was cut off is carried out all the same.
  isHanging = false;
  writeFileSync(join(options.cwd, "migration.yaml"), BY_NAME);
  const end = await runCli(["import", ...FLAGS], options);
  expect(end).toMatchObject({ code: 0, summary: { records: 2, created: 2, pending: 0 } });
  const logins = org.created().map(({ profile }) => profile["login"]);
  expect(logins).toEqual(["person1@example.com", "uid2@example.com"]);
});

it("a failed record whose mapping was mended goes with the new login, also in a later process", async () => {
  const org = await startStandInOrg({
    answer: (request) =>
      isUserCreate(request) && isFor(request, "person2@example.com")
        ? oktaError(400, "E0000001", "login: Username must be in the form of an email address")
        : undefined,
  });
  const options = { cwd: folder(), env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" } };
  const first = await runCli(["import", ...FLAGS], options);
  expect(first).toMatchObject({ code: 1, summary: { created: 1, failed: 1 } });
  writeFileSync(join(options.cwd, "migration.yaml"), BY_NAME);
  const resumed = await runCli(["import", ...FLAGS], options);
  expect(resumed).toMatchObject({ code: 1, summary: { created: 1, failed: 1 } });
  const retried = await runCli(["retry", ...FLAGS], options);
  expect(retried).toMatchObject({ code: 0, summary: { records: 2, created: 2, failed: 0 } });
  expect(org.created().at(-1)?.profile["login"]).toBe("uid2@example.com");
});
