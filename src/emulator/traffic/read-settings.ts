import { ADMIN_ROLES } from "../access/roles.ts";
import { isRecord, type JsonObject } from "../org/json.ts";
import { FAULT_KINDS, type FaultMix, mixedFaults } from "./fault-plan.ts";
import { DEFAULT_SETTINGS, type EmulatorSettings } from "./settings.ts";

/** Settings that are one of a few words. */
const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  rateHeaders: ["normal", "twice", "missing"],
  sha256Salt: ["decoded", "literal"],
  tokenFormat: ["opaque", "jwt"],
  missingScopes: ["omit", "refuse"],
  signIn: ["approve", "deny"],
  tokenRole: ADMIN_ROLES,
};

/**
 * Reads settings that came in as JSON, named as in {@link EmulatorSettings}; `faults` is a mix or
 * one overall probability.
 *
 * @returns the settings, or one sentence that says what is wrong with them
 */
export function readSettings(given: JsonObject | undefined): Partial<EmulatorSettings> | string {
  if (given === undefined) return "a JSON object of settings is needed";
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!(name in DEFAULT_SETTINGS)) {
      return `${name}: unknown; there is ${Object.keys(DEFAULT_SETTINGS).join(", ")}`;
    }
    if (name === "faults") {
      const faults = readFaults(value);
      if (faults === undefined)
        return `faults: a probability, or one per ${FAULT_KINDS.join(", ")}`;
      settings[name] = faults;
    } else if (WORDS[name] !== undefined) {
      const words = WORDS[name];
      if (!words.includes(value)) return `${name}: one of ${words.join(", ")}`;
      settings[name] = value;
    } else {
      const expected = typeof DEFAULT_SETTINGS[name as keyof EmulatorSettings];
      if (typeof value !== expected) return `${name}: must be a ${expected}`;
      if (typeof value === "number" && value < 0 && name !== "clockSkewMs") {
        return `${name}: must not be negative`;
      }
      settings[name] = value;
    }
  }
  return settings;
}

function readFaults(value: unknown): FaultMix | undefined {
  if (isProbability(value)) return mixedFaults(Number(value));
  if (!isRecord(value)) return undefined;
  const kinds: readonly string[] = FAULT_KINDS;
  for (const [kind, share] of Object.entries(value)) {
    const isCount = isRecord(share) && Number.isInteger(share["times"]);
    if (!kinds.includes(kind) || !(isCount || isProbability(share))) return undefined;
  }
  return value;
}

function isProbability(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}
