import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { ROUTES } from "../../src/emulator/routes/route-table.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { isOfKind } from "../support/match-route.ts";
import {
  type Exchange,
  HAS_DESCRIPTION,
  loadOktaDescription,
  WHERE_IT_IS,
} from "../support/okta-description.ts";
import { SCHEMAS_BESIDE, UNDESCRIBED } from "../support/okta-description-gaps.ts";
import { type RecordingProxy, startRecordingProxy } from "../support/recording-proxy.ts";
import { at, type Sent } from "./emulator-caller.ts";
import { AUTOMATION, CASES, SERVICE_APP } from "./emulator-cases.ts";

const NAMES = ROUTES.map(({ name }) => name);
const FIXTURES = new URL("../../fixtures/okta/", import.meta.url);
/** Fixtures whose request is meant to be wrong in a way that the description knows. */
const WRONG_REQUESTS = ["create-hash-algorithm-unknown.json"];

describe("every route of the emulator", () => {
  let emulator: Emulator;
  let recorder: RecordingProxy;

  beforeAll(async () => {
    const clock = new FakeClock();
    const apps = [{ clientId: SERVICE_APP }];
    emulator = await startEmulator({ clock, apps, automation: AUTOMATION });
    recorder = await startRecordingProxy(emulator.url);
  });

  afterAll(async () => {
    await recorder.close();
    await emulator.close();
  });

  /** Plays the case of a route, and gives back all that went over the wire for it. */
  async function play(route: string): Promise<readonly Exchange[]> {
    const before = recorder.exchanges.length;
    await CASES[route]?.({ ...emulator, url: recorder.url });
    return recorder.exchanges.slice(before);
  }

  it("has a case, and there is none for others", () => {
    const missing = NAMES.filter((name) => !(name in CASES));
    const hint = "add a case to CASES in test/contract/emulator-cases.ts for each of these routes";
    expect(missing, hint).toEqual([]);
    expect(Object.keys(CASES).filter((name) => !NAMES.includes(name))).toEqual([]);
  });

  it.each(NAMES.filter((name) => name in CASES))("%s", async (route) => {
    const exchanges = await play(route);
    const own = exchanges.filter((exchange) => isOfKind(exchange, route));
    const isUsual = own.some(({ answer }) => answer.status < 400) || route in UNDESCRIBED;
    expect(isUsual, `the case of ${route} gets no answer below 400`).toBe(true);
    if (!HAS_DESCRIPTION) return;
    const description = loadOktaDescription();
    if (route in UNDESCRIBED) {
      expect(own.filter(({ method, path }) => description.knows(method, path))).toEqual([]);
    }
    for (const exchange of exchanges) {
      const { method, path, answer } = exchange;
      const undescribed = Object.keys(UNDESCRIBED).find((kind) => isOfKind(exchange, kind));
      if (undescribed !== undefined && !(undescribed in SCHEMAS_BESIDE)) continue;
      const called = `${method} ${path} ${answer.status}`;
      expect([called, ...description.faultsOfAnswer(exchange)]).toEqual([called]);
      // What it takes is what may be sent.
      if (answer.status >= 400 || undescribed !== undefined) continue;
      expect([called, ...description.faultsOfRequest(exchange)]).toEqual([called]);
    }
  });
});

if (HAS_DESCRIPTION) {
  it.each(readdirSync(FIXTURES))("the fixture %s meets Okta's OpenAPI description", (name) => {
    const fixture: unknown = JSON.parse(readFileSync(new URL(name, FIXTURES), "utf8"));
    const { method, path, body } = at(fixture, "request") as Sent;
    if (`${method} ${path}` in UNDESCRIBED) return;
    const type = "application/json";
    const exchange: Exchange = {
      method,
      path,
      request: { type, body: body === undefined ? "" : JSON.stringify(body) },
      answer: { type, status: Number(at(fixture, "answer", "status")), body: "" },
    };
    const isMeantToFail = WRONG_REQUESTS.includes(name);
    const faults = loadOktaDescription().faultsOfRequest(exchange);
    expect([faults.length > 0, faults]).toEqual([isMeantToFail, isMeantToFail ? faults : []]);
  });
} else {
  it("Okta's OpenAPI description is not here: nothing was held against it", () => {
    process.stderr.write(
      `not checked: the answers of ${NAMES.length} routes of the emulator against Okta's OpenAPI ` +
        `description; ${WHERE_IT_IS}\n`,
    );
    expect(HAS_DESCRIPTION).toBe(false);
  });
}
