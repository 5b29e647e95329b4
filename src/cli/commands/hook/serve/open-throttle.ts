import type { EventSink } from "../../../../core/index.ts";
import {
  countInRedis,
  countWrongPasswords,
  type HookEvent,
  loadRedis,
  SharedThrottle,
  type WrongPasswords,
} from "../../../../hook/index.ts";
import { systemClock } from "../../../../platform/index.ts";
import type { Environment } from "../../../environment.ts";
import { readServerPassword } from "../../../run/source-access.ts";
import type { ConfiguredPlaces } from "./configured-stores.ts";
import { tellOfServer } from "./tell-of-servers.ts";

const PASSWORD_FILE_NAME = "OKTA_MIGRATE_THROTTLE_PASSWORD_FILE";

/** Where wrong passwords are counted. */
export interface Throttle {
  readonly wrongPasswords: WrongPasswords;
  /** For people; undefined: in this process alone. */
  readonly label: string | undefined;
  /** Whether it should be shared and can't be. */
  readonly isAlone: () => boolean;
  /** Looks whether it is there, and tells, until the signal fires. */
  readonly watch: (signal: AbortSignal) => void;
}

/** What a throttle is opened with. */
export interface ThrottleTools {
  readonly environment: Environment;
  readonly events: EventSink;
  readonly emit: (event: HookEvent) => void;
  /** Ends its connection. */
  readonly signal: AbortSignal;
}

/**
 * Opens the count of wrong passwords: in a Redis, with the password of the file that
 * `OKTA_MIGRATE_THROTTLE_PASSWORD_FILE` names or of `REDISCLI_AUTH`, or in this process alone. A Redis that
 * can't be reached stops nothing.
 *
 * @throws {ConfigError} OPTION_INVALID when the Redis refuses us; CONFIG_INVALID without its driver
 */
export async function openThrottle(
  configured: ConfiguredPlaces["throttle"],
  { environment, events, emit, signal }: ThrottleTools,
): Promise<Throttle> {
  if (configured === undefined) {
    const wrongPasswords = countWrongPasswords(systemClock);
    return { wrongPasswords, label: undefined, isAlone: () => false, watch: () => undefined };
  }
  const { address, at } = configured;
  const location = address.isTls ? "rediss:" : "redis:";
  const password = await readServerPassword(location, PASSWORD_FILE_NAME, environment);
  if (address.isExposed && password !== undefined) {
    events.emit({
      event: "warning",
      message: `The password for ${address.shown} goes over the network in the clear.`,
      hint: "Write rediss:// where the server offers TLS.",
    });
  }
  const shared = await countInRedis({ address, password, at }, await loadRedis());
  const onReachable = tellOfServer("throttle", emit);
  const throttle = new SharedThrottle({ shared, clock: systemClock, onReachable });
  signal.addEventListener("abort", () => shared.close(), { once: true });
  return {
    wrongPasswords: throttle,
    label: address.shown,
    watch: (over) => void throttle.watch(over),
    isAlone: () => !throttle.isReachable,
  };
}
