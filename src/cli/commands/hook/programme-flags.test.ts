import { describe, expect, it } from "vitest";
import { readFinishOptions } from "./finish/options.ts";
import { readHookUrl } from "./hook-url.ts";
import { readServeOptions } from "./serve/options.ts";
import { readStatusOptions } from "./status/options.ts";

const FINISH = { all: true, wave: "500", rateShare: "0.5" };

describe("hook finish", () => {
  it.each([
    ["nobody is named", { all: undefined }],
    ["both are", { before: "2026-01-01" }],
    ["a day of another form", { all: undefined, before: "01.09.2026" }],
    ["a wave of none", { wave: "0" }],
    ["a pause without end", { pause: "9999h" }],
    ["a pause in words", { pause: "soon" }],
    ["both ends of the hook", { keepHook: true, removeHook: true }],
    ["a share above all", { rateShare: "1.5" }],
  ])("is refused where %s", (_what, flags) => {
    expect(() => readFinishOptions({ ...FINISH, ...flags })).toThrow(/^--/);
  });

  it.each([
    [{}, { mail: "no-mail", pauseMs: 0, beforeMs: undefined }],
    [{ sendMail: true }, { mail: "mail", pauseMs: 60_000 }],
    [{ sendMail: true, pause: "30m" }, { pauseMs: 1_800_000 }],
    [{ all: undefined, before: "2026-09-01" }, { beforeMs: Date.UTC(2026, 8, 1) }],
  ])("reads %j", (flags, expected) => {
    expect(readFinishOptions({ ...FINISH, ...flags })).toMatchObject(expected);
  });
});

it.each([{ wipe: true }, { store: "s" }])("hook status refuses %j", (flags) => {
  expect(() => readStatusOptions({ rateShare: "0.9", ...flags })).toThrow(/^--/);
});

describe("hook serve", () => {
  const SERVE = {
    host: "127.0.0.1",
    port: "0",
    plainHttp: true,
    maxConnections: "2000",
    drainDelay: "0s",
  };

  it.each([
    { drainDelay: "soon" },
    { drainDelay: "301s" },
    { drainDelay: "-1s" },
    { maxConnections: "0" },
    { maxConnections: "many" },
  ])("refuses %j", (flags) => {
    expect(() => readServeOptions({ ...SERVE, ...flags })).toThrow(/^--/);
  });

  it.each([
    ["0s", 0],
    ["10s", 10_000],
    ["10", 10_000],
  ])("reads a delay of %s", (drainDelay, drainDelayMs) => {
    expect(readServeOptions({ ...SERVE, drainDelay })).toMatchObject({ drainDelayMs });
  });
});

describe("the address of a hook", () => {
  it.each([
    "http://hook.example.com/",
    "ftp://hook.example.com/",
    "hook.example.com",
    "https://name:word@hook.example.com/",
    "https://hook.example.com/#part",
    `https://hook.example.com/${"x".repeat(1024)}`,
    "https://127.0.0.1/",
  ])("is refused where Okta could not, or should not, call it: %s", (url) => {
    expect(() => readHookUrl(url, "production")).toThrow(/^--url (?!.*:word@)/);
  });

  it("may be plain http on this machine, for an org on this machine", () => {
    expect(readHookUrl(" http://127.0.0.1:8080/x ", "loopback")).toBe("http://127.0.0.1:8080/x");
    expect(readHookUrl("https://hook.example.com", "production")).toBe("https://hook.example.com/");
  });
});
