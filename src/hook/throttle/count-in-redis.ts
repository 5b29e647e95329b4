import { isIP } from "node:net";
import { ConfigError, printable, type Secret } from "../../core/index.ts";
import type { RedisLibrary } from "./load-redis.ts";
import type { SharedCount } from "./shared-throttle.ts";
import type { ThrottleAddress } from "./throttle-address.ts";
import { FIRST_HOLD_MS, FORGET_AFTER_MS, FREE_TRIES, LONGEST_HOLD_MS } from "./wrong-passwords.ts";

/** A Redis, and how it is entered. */
export interface RedisAccess {
  readonly address: ThrottleAddress;
  readonly password: Secret | undefined;
  /** Where it is named, for messages. */
  readonly at: string;
}

const CONNECT_WITHIN_MS = 1_000;
/** For the first answers over a new connection. */
const SILENT_MS = 5_000;
/**
 * Probes in flight after which another connection is made. One that broke without a word takes what is
 * written to it for a quarter of an hour, and what is written keeps its time-out from running out.
 */
const MOST_UNANSWERED = 3;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const PROBE_LIVES_MS = 60_000;

/** What a server says that passes by itself; all else that it says is a wrong setting. */
const PASSES =
  /^(?:LOADING|BUSY|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|ERR max)\b/;
/** What TLS says of a certificate that can't be trusted, or where there is no TLS. */
const UNTRUSTED = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|ERR_SSL_|EPROTO$)/;
const MOST_SAID = 120;

/**
 * Counts one wrong password and holds the pair where there were too many, in one step that no other one
 * comes between. Times are the server's own: replicas need no common clock.
 */
const NOTE_WRONG = `
local wrong = redis.call('INCR', KEYS[1])
local times = wrong - tonumber(ARGV[1])
local hold = 0
if times >= 0 then
  hold = math.min(tonumber(ARGV[3]), tonumber(ARGV[2]) * 2 ^ math.min(times, 10))
  redis.call('SET', KEYS[2], '1', 'PX', string.format('%d', hold))
end
redis.call('PEXPIRE', KEYS[1], string.format('%d', hold + tonumber(ARGV[4])))
return wrong
`;

/**
 * Counts wrong passwords in a Redis that replicas share: of each pair how many there were, and for how
 * long it is held, both forgotten by the server itself. A server that can't be reached now is tried again.
 *
 * @throws {ConfigError} OPTION_INVALID when it refuses who asks, or what, or can't be trusted
 */
export async function countInRedis(
  { address, password, at }: RedisAccess,
  { createClient, ErrorReply }: RedisLibrary,
): Promise<SharedCount> {
  const { host, port, isTls, prefix } = address;
  const common = { host, port, connectTimeout: CONNECT_WITHIN_MS, socketTimeout: SILENT_MS };
  const reconnectStrategy = (retries: number): number =>
    Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(retries, 10));
  let trouble: unknown;
  const open = () =>
    createClient({
      RESP: 2,
      database: address.database,
      disableOfflineQueue: true,
      socket: isTls
        ? { ...common, ...nameOf(host), reconnectStrategy, tls: true }
        : { ...common, reconnectStrategy },
      ...(address.user === undefined ? {} : { username: address.user }),
      ...(password === undefined ? {} : { password: password.reveal() }),
    }).on("error", (error: unknown) => {
      trouble = error;
    });
  let client = open();
  /** Rejects with what keeps the connection from being made, where it is that. */
  const explained = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw client.isReady ? error : (trouble ?? error);
    });
  const keysOf = (pair: string): [wrong: string, held: string] => [
    // In braces: both are on one machine, also behind the proxy of a cluster.
    `${prefix}{${pair}}:wrong`,
    `${prefix}{${pair}}:held`,
  ];
  const noteWrong = async (pair: string): Promise<void> => {
    const limits = [FREE_TRIES, FIRST_HOLD_MS, LONGEST_HOLD_MS, FORGET_AFTER_MS].map(String);
    await explained(client.eval(NOTE_WRONG, { keys: keysOf(pair), arguments: limits }));
  };
  const noteRight = async (pair: string): Promise<void> => {
    await explained(client.del(keysOf(pair)));
  };
  let unanswered = 0;
  const probe = async (): Promise<void> => {
    if (unanswered >= MOST_UNANSWERED) reopen();
    const expiration = { type: "PX", value: PROBE_LIVES_MS } as const;
    unanswered += 1;
    try {
      await explained(client.set(`${prefix}probe`, "1", { expiration }));
    } finally {
      unanswered = 0;
    }
  };
  const close = (): void => {
    if (client.isOpen) client.destroy();
  };
  const reopen = (): void => {
    close();
    unanswered = 0;
    client = open();
    // What keeps it from being made is told of by whoever asks.
    client.connect().catch(() => undefined);
  };
  try {
    // Its first answer, or what is in the way of it; it is tried again all the same.
    await new Promise<unknown>((resolve, reject) => {
      client.once("error", reject);
      client.connect().then(resolve, reject);
    });
    await probe();
    await noteWrong("probe");
    await noteRight("probe");
  } catch (error) {
    if (error instanceof ErrorReply && !PASSES.test(error.message)) {
      close();
      throw refused(address, { at, hint: REFUSED_HINT, error });
    }
    if (error instanceof Error && "code" in error && UNTRUSTED.test(String(error.code))) {
      close();
      throw refused(address, { at, hint: UNTRUSTED_HINT, error });
    }
  }
  return {
    isHeld: async (pair) => (await explained(client.exists(keysOf(pair)[1]))) > 0,
    noteWrong,
    noteRight,
    probe,
    close,
  };
}

/** The name that is asked for in the handshake of TLS: a machine may serve several. */
function nameOf(host: string): { readonly servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}

const REFUSED_HINT =
  "Check its user, its database and the password in the file of OKTA_MIGRATE_THROTTLE_PASSWORD_FILE; the user needs the commands set, exists, del, eval, incr and pexpire on keys of the prefix.";
const UNTRUSTED_HINT =
  "Use the name that its certificate has; where an authority of your own issued it, name that one in NODE_EXTRA_CA_CERTS. A server without TLS is redis://";

function refused(
  { shown }: ThrottleAddress,
  { at, hint, error }: { readonly at: string; readonly hint: string; readonly error: Error },
): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `${shown} does not let wrong passwords be counted there: ${printable(error.message, MOST_SAID)}`,
    hint,
    cause: error,
  });
}
