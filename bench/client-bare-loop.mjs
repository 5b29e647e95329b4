// The least that can be done to create users: POST after POST over kept connections, nothing noted,
// nothing checked but the status, every answer read to its end. Bodies are made before the start.
import { Agent, request } from "node:http";
import { userBodies } from "./inputs.mjs";

const [folder, users, inFlight] = process.argv.slice(2);
const bodies = (await userBodies(folder, Number(users))).map((body) => JSON.stringify(body));
const agent = new Agent({ keepAlive: true, maxSockets: Number(inFlight) });
const url = new URL("/api/v1/users?activate=true", process.env.OKTA_ORG_URL);
const headers = {
  authorization: `SSWS ${process.env.OKTA_API_TOKEN}`,
  accept: "application/json",
  "content-type": "application/json",
};

let next = 0;
let refused = 0;
const startedAt = performance.now();
await Promise.all(Array.from({ length: Number(inFlight) }, work));
console.log(JSON.stringify({ refused, sendingMs: performance.now() - startedAt }));
agent.destroy();

async function work() {
  while (next < bodies.length) {
    next += 1;
    if ((await create(bodies[next - 1])) !== 200) refused += 1;
  }
}

function create(body) {
  return new Promise((resolve, reject) => {
    const length = { "content-length": Buffer.byteLength(body) };
    const sent = request(url, { method: "POST", agent, headers: { ...headers, ...length } });
    sent.on("error", reject);
    sent.on("response", (response) => {
      response.on("data", () => undefined);
      response.on("end", () => resolve(response.statusCode));
    });
    sent.end(body);
  });
}
