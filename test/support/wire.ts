import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach } from "vitest";

/** A way to a server that a test can cut. */
export interface Wire {
  /** Where it begins. */
  readonly port: number;
  /** Breaks what is connected, and refuses what comes. */
  cut(): void;
  /** Lets all be connected, and nothing through. */
  hang(): void;
  /** Lets nothing more through what is connected, without a word; what comes then gets through. */
  strand(): void;
  /** Lets all through again, also what hung. */
  mend(): void;
}

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Lays a wire to a port of this machine, gone after the test. */
export async function layWire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let state: "through" | "cut" | "hung" = "through";
  const each = (act: (socket: Socket) => void): void => [...sockets].forEach(act);
  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = connect(to, "127.0.0.1");
    for (const [from, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined);
      from.once("close", () => {
        sockets.delete(from);
        other.destroy();
      });
      from.on("data", (chunk: Buffer) => other.write(chunk));
      if (state === "hung") from.pause();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  open.push(() => {
    server.close();
    each((socket) => socket.destroy());
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = "cut";
      each((socket) => socket.destroy());
    },
    hang: () => {
      state = "hung";
      each((socket) => socket.pause());
    },
    strand: () => each((socket) => socket.pause()),
    mend: () => {
      state = "through";
      each((socket) => socket.resume());
    },
  };
}
