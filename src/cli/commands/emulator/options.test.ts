import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeTempFolder } from "../../../../test/support/temp-folder.ts";
import { ConfigError } from "../../../core/index.ts";
import { emulatorCommand } from "./command.ts";
import { readEmulatorOptions } from "./options.ts";

/** The flags as the command line gives them, defaults included. */
function flagsOf(...typed: readonly string[]): Readonly<Record<string, unknown>> {
  const command = emulatorCommand().exitOverride();
  command.action(() => undefined).parse([...typed], { from: "user" });
  return command.opts();
}

describe("the flags of the emulator", () => {
  it("without any there are no limits and no faults", () => {
    expect(readEmulatorOptions(flagsOf(), {})).toMatchObject({
      port: 0,
      limit: 0,
      keptLogEvents: 100_000,
      windowMs: 60_000,
      faults: {},
      apps: [],
      tokenLifetimeSeconds: 3600,
      signIn: "approve",
      optionalPassword: false,
      lockOutAfter: 10,
      timetable: { limits: [], down: [], readOnly: [] },
    });
    expect(readEmulatorOptions(flagsOf(), {})).not.toHaveProperty("token");
  });

  it("faults are a share, a percentage or a number of times, one by one or mixed", () => {
    const flags = flagsOf("--faults", "8%", "--fault-hang", "3x", "--fault-429", ".25");
    const { faults } = readEmulatorOptions(flags, {});
    expect(faults).toMatchObject({ html: 0.01, hang: { times: 3 }, "bare-429": 0.25 });
  });

  it("what changes by itself is read in order", () => {
    const flags = flagsOf("--limit-schedule", "900:5,100:50", "--down", "0-10,20-30");
    expect(readEmulatorOptions(flags, {}).timetable).toEqual({
      limits: [
        { atMs: 100, limit: 50 },
        { atMs: 900, limit: 5 },
      ],
      down: [
        { fromMs: 0, toMs: 10 },
        { fromMs: 20, toMs: 30 },
      ],
      readOnly: [],
      tokenExpired: [],
    });
  });

  it("a service app is its id, its key, and what was granted to it", () => {
    const file = join(makeTempFolder(), "app.pem");
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(file, publicKey.export({ format: "pem", type: "spki" }));
    const typed = ["--service-app", "0oa1", "--service-app-key", file, "--dpop"];
    const more = ["--scopes", "okta.users.read,okta.users.manage", "--role", "USER_ADMIN"];
    expect(readEmulatorOptions(flagsOf(...typed, ...more), {}).apps).toMatchObject([
      {
        clientId: "0oa1",
        keys: [{ kty: "EC", crv: "P-256" }],
        dpop: true,
        scopes: ["okta.users.read", "okta.users.manage"],
        role: "USER_ADMIN",
      },
    ]);
    expect(() => readEmulatorOptions(flagsOf(...typed, "--role", "KING"), {})).toThrow("--role");
    expect(() => readEmulatorOptions(flagsOf(...typed, "--scopes", "all"), {})).toThrow("--scopes");
    writeFileSync(file, "no key");
    expect(() => readEmulatorOptions(flagsOf(...typed), {})).toThrow("--service-app-key");
  });

  it("a plan gives the limits of an org, the environment gives the token", () => {
    const environment = { OKTA_MIGRATE_EMULATOR_TOKEN: "invented" };
    const options = readEmulatorOptions(flagsOf("--plan", "workforce"), environment);
    expect(options.token).toBe("invented");
    expect(options.plan?.limits.get("POST /api/v1/users")).toBe(600);
  });

  it.each([
    ["--port", "65536"],
    ["--limit", "many"],
    ["--limit", "1.5"],
    ["--window-ms", "0"],
    ["--latency-ms", "-1"],
    ["--seed", ""],
    ["--faults", "5x"],
    ["--faults", "101%"],
    ["--fault-html", "often"],
    ["--limit-schedule", "soon:5"],
    ["--down", "30-20"],
    ["--rate-headers", "thrice"],
    ["--sha256-salt", "hex"],
    ["--activation-ms", "soon"],
    ["--log-events", "all"],
    ["--plan", "gold"],
    ["--plan", "toString"],
    ["--tls-cert", "cert.pem"],
    ["--service-app", "0oa1"],
    ["--role", "USER_ADMIN"],
    ["--scopes", "okta.users.read"],
    ["--service-app-key", "key.pem"],
    ["--token-seconds", "0"],
    ["--token-format", "long"],
    ["--token-expired", "soon"],
    ["--missing-scopes", "ask"],
    ["--sign-in", "perhaps"],
  ])("%s %s is refused, and the message names the flag", (flag, value) => {
    const read = (): unknown => readEmulatorOptions(flagsOf(flag, value), {});
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(flag);
  });
});
