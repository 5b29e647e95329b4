import { once } from "node:events";
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";

const CONNECT_TIMEOUT_MS = 15_000;

/** Where to connect to. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
}

/** An open connection; certificates are always checked, `NODE_EXTRA_CA_CERTS` adds to the trusted. */
export async function openSocket(address: SocketAddress, signal?: AbortSignal): Promise<Socket> {
  const { host, port, isTls } = address;
  const socket = isTls
    ? connectTls({ ...peerOf(host), port })
    : connectPlain({ host, port, noDelay: true });
  return await established(socket, isTls ? "secureConnect" : "connect", signal);
}

/** Turns a plain connection, over which nothing else is on its way, into one over TLS. */
export async function secureSocket(
  socket: Socket,
  host: string,
  signal?: AbortSignal,
): Promise<Socket> {
  return await established(connectTls({ ...peerOf(host), socket }), "secureConnect", signal);
}

/** Whom the certificate must name; an address can't be a server name in TLS. */
function peerOf(host: string): ConnectionOptions {
  return isIP(host) === 0 ? { host, servername: host } : { host };
}

async function established(
  socket: Socket,
  event: "connect" | "secureConnect",
  signal: AbortSignal | undefined,
): Promise<Socket> {
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => {
    socket.destroy(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
  });
  try {
    await once(socket, event, signal === undefined ? {} : { signal });
  } catch (error) {
    // Whatever it still says, nobody listens any more.
    socket.on("error", () => undefined).destroy();
    throw error;
  }
  socket.setTimeout(0).removeAllListeners("timeout");
  return socket;
}
