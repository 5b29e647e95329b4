import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { foldLogin } from "../../../core/index.ts";
import type { KnownPasswords } from "./known-passwords.ts";

/** A password import hook on this machine that knows the passwords of the rehearsal. */
export interface HookStandIn {
  readonly url: string;
  /** How often it was called so far. */
  calls(): number;
  close(): Promise<void>;
}

const MOST_BYTES = 64 * 1024;

/** Starts the hook. @param key what its caller must send as `Authorization` */
export async function startHookStandIn(
  passwords: KnownPasswords,
  key: string,
): Promise<HookStandIn> {
  let calls = 0;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      if (request.headers.authorization !== key) return response.writeHead(401).end();
      calls += 1;
      const credential = isKnown(body, passwords) ? "VERIFIED" : "UNVERIFIED";
      const command = { type: "com.okta.action.update", value: { credential } };
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify({ commands: [command] }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/okta/password-import`,
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  try {
    for await (const chunk of request.setEncoding("utf8")) {
      if (body.length < MOST_BYTES) body += String(chunk);
    }
  } catch {
    return "";
  }
  return body;
}

function isKnown(body: string, passwords: KnownPasswords): boolean {
  try {
    const { data } = JSON.parse(body) as {
      readonly data: {
        readonly context: {
          readonly credential: { readonly username: string; readonly password: string };
        };
      };
    };
    const { username, password } = data.context.credential;
    const account = passwords.get(foldLogin(username));
    return account !== undefined && Buffer.from(account.password).toString("utf8") === password;
  } catch {
    return false;
  }
}
