import { createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { Exchange } from "./okta-description.ts";

/** Stands between a client and an org, changes nothing and keeps everything. */
export interface RecordingProxy {
  readonly url: string;
  /** What went through, in the order of the answers. */
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/** Starts a recorder in front of an org on this machine. The org sees the recorder's own address. */
export async function startRecordingProxy(orgUrl: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
    void (async () => {
      const { method = "", url: path = "", headers } = incoming;
      const sent = await textOf(incoming);
      const answer = await forward(new URL(path, orgUrl), incoming, sent);
      const body = await textOf(answer);
      exchanges.push({
        method,
        path,
        request: { type: headers["content-type"], body: sent },
        answer: { status: answer.statusCode ?? 0, type: answer.headers["content-type"], body },
      });
      response.writeHead(answer.statusCode ?? 0, answer.rawHeaders).end(body);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(url: URL, incoming: IncomingMessage, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Links and proofs name the address that the caller used: the host stays as it was.
    const { method, headers } = incoming;
    send(url, { method, headers, agent: false }, resolve).on("error", reject).end(body);
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
