import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { afterEach } from "vitest";

const SSL_REQUEST_BYTES = 8;
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/**
 * TLS in front of a PostgreSQL server that has none: answers the request for it, and passes on what
 * comes through.
 *
 * @returns the port on 127.0.0.1
 */
export async function startTlsInFront(
  { cert, key }: { readonly cert: string; readonly key: string },
  server: { readonly host: string; readonly port: number },
): Promise<number> {
  const secureContext = createSecureContext({ cert, key });
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", (request) => {
      if (request.length !== SSL_REQUEST_BYTES) return socket.destroy();
      socket.write("S");
      const secured = new TLSSocket(socket, { isServer: true, secureContext });
      const upstream = connect(server.port, server.host);
      sockets.add(upstream);
      for (const end of [secured, upstream]) end.on("error", () => undefined);
      secured.pipe(upstream).pipe(secured);
      return undefined;
    });
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  return (proxy.address() as AddressInfo).port;
}
