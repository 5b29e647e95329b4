import { randomText } from "../org/ids.ts";
import { invalidGrant, OAuthRefusal } from "./oauth-refusal.ts";

/** A device that waits for somebody to sign in. */
export interface DeviceSignIn {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly deviceCode: string;
  readonly userCode: string;
  readonly expiresAtMs: number;
  readonly intervalMs: number;
  /** When somebody answers without opening the page. */
  readonly answeredAtMs: number;
  lastPollMs: number;
  isAnswered: boolean;
}

/** How fast people are, and how long codes live. */
export interface DeviceManner {
  readonly signInDelayMs: number;
  readonly deviceCodeSeconds: number;
  readonly deviceIntervalSeconds: number;
}

const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
/** A caller's timer may fire a little early. */
const EARLY_MS = 100;
const MOST = 1000;

/** People who sign in for a device, by a code that they type elsewhere. */
export class DeviceSignIns {
  readonly #random: () => number;
  readonly #devices = new Map<string, DeviceSignIn>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A device asks for codes. */
  begin(
    { clientId, scopes }: Pick<DeviceSignIn, "clientId" | "scopes">,
    manner: DeviceManner,
    nowMs: number,
  ): DeviceSignIn {
    const device: DeviceSignIn = {
      clientId,
      scopes,
      deviceCode: randomText(36, this.#random),
      userCode: this.#userCode(),
      expiresAtMs: nowMs + manner.deviceCodeSeconds * 1000,
      intervalMs: manner.deviceIntervalSeconds * 1000,
      answeredAtMs: nowMs + manner.signInDelayMs,
      lastPollMs: -Infinity,
      isAnswered: false,
    };
    if (this.#devices.size >= MOST) this.#devices.clear();
    this.#devices.set(device.deviceCode, device);
    return device;
  }

  /** Somebody has opened the page and typed a code; false when it is none. */
  answer(userCode: string, nowMs: number): boolean {
    for (const device of this.#devices.values()) {
      if (device.userCode !== userCode || nowMs >= device.expiresAtMs) continue;
      device.isAnswered = true;
      return true;
    }
    return false;
  }

  /**
   * A device asks whether somebody has signed in.
   *
   * @throws {OAuthRefusal} `authorization_pending`, `slow_down`, `expired_token`, `access_denied`,
   *   `invalid_grant`
   * @see docs/okta/access.md#sign-in-by-people
   */
  poll(deviceCode: string, clientId: string, nowMs: number): DeviceSignIn {
    const device = this.#devices.get(deviceCode);
    if (device?.clientId !== clientId) {
      throw invalidGrant("The device code is invalid or has expired.");
    }
    if (nowMs >= device.expiresAtMs) throw said("expired_token", "The device code has expired.");
    const sinceMs = nowMs - device.lastPollMs;
    device.lastPollMs = nowMs;
    if (sinceMs < device.intervalMs - EARLY_MS) {
      throw said("slow_down", "Slow down the polling frequency. Please try again later.");
    }
    if (!device.isAnswered && nowMs < device.answeredAtMs) {
      const description = "The device authorization is pending. Please try again later.";
      throw said("authorization_pending", description);
    }
    this.#devices.delete(deviceCode);
    return device;
  }

  #userCode(): string {
    let code = "";
    for (let index = 0; index < 8; index += 1) {
      code += LETTERS.charAt(Math.floor(this.#random() * LETTERS.length));
    }
    return code;
  }
}

function said(error: string, description: string): OAuthRefusal {
  return new OAuthRefusal({ error, description });
}
