// The emulator as the bench sees it: a process of the built command line, asked over HTTP.
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { cliArguments, processorMs, startNode } from "./children.mjs";

const TOKEN = "emulator-token";

/**
 * Starts an emulator of its own.
 *
 * @param {string} folder to run in
 * @param {readonly string[]} flags of `emulator`
 * @param {{ cert: string, key: string } | undefined} tls files: https instead of http
 */
export async function startOrg(folder, flags = [], tls) {
  const tlsFlags = tls === undefined ? [] : ["--tls-cert", tls.cert, "--tls-key", tls.key];
  const args = cliArguments(["emulator", "--json", ...flags, ...tlsFlags]);
  const { child, ended, lines } = startNode(args, { cwd: folder });
  const first = await lines[Symbol.asyncIterator]().next();
  if (first.done) throw new Error(`the emulator did not start: ${(await ended).errors}`);
  const { url } = JSON.parse(first.value);
  return {
    url,
    env: {
      OKTA_ORG_URL: url,
      OKTA_API_TOKEN: TOKEN,
      ...(tls === undefined ? {} : { NODE_EXTRA_CA_CERTS: tls.cert }),
    },
    state: async () => JSON.parse(await text(url, "GET", "/__emulator/state")),
    reset: () => text(url, "POST", "/__emulator/reset"),
    createdSpan: () => createdSpan(url),
    processorMs: () => processorMs(child.pid),
    close: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/**
 * When the org made its first and its last user, by its own clock, and how many there are. This is
 * the same ruler for every client: nothing that a client says of itself goes in.
 */
async function createdSpan(url) {
  const response = await ask(url, "GET", "/__emulator/users");
  response.setEncoding("utf8");
  let users = 0;
  let first;
  let lastLine = "";
  let rest = "";
  for await (const chunk of response) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length === 0) continue;
    first ??= JSON.parse(lines[0]).created;
    lastLine = lines.at(-1);
    users += lines.length;
  }
  if (first === undefined) throw new Error("the org holds no user");
  const spanMs = Date.parse(JSON.parse(lastLine).created) - Date.parse(first);
  return { users, spanMs };
}

async function text(url, method, path) {
  const response = await ask(url, method, path);
  response.setEncoding("utf8");
  let body = "";
  for await (const chunk of response) body += chunk;
  if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`);
  return body;
}

function ask(url, method, path) {
  // What is asked here goes to this machine and holds no secret: its certificate is our own.
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const options = { method, agent: false, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    send(new URL(path, url), { ...options, headers: { "content-length": 0 } }, resolve)
      .on("error", reject)
      .end();
  });
}
