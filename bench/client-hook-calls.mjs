// Okta as the hook service sees it: calls that come when they come, as people do, whatever became of those
// before, over connections that are kept. A process of its own, so that nothing but the calls keeps it
// busy; a call's time counts from when it was due, so that a caller that fell behind hides nothing.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { hookCall } from "./hook-call.mjs";

const { url, secretFile, first, perSecond, ms } = JSON.parse(process.argv[2]);
const secret = readFileSync(secretFile, "utf8").trim();
const agent = new Agent({ keepAlive: true });
const headers = { authorization: secret, "content-type": "application/json" };

const start = performance.now();
const calls = [];
let dueAt = start;
while (dueAt < start + ms) {
  const waitMs = dueAt - performance.now();
  if (waitMs > 1) await pause(waitMs);
  calls.push(call(hookCall(first + calls.length), dueAt));
  // As in a queue at a counter: independent of one another.
  dueAt += (-Math.log(1 - Math.random()) * 1000) / perSecond;
}
const answered = await Promise.all(calls);
const tookMs = performance.now() - start;
console.log(JSON.stringify({ calls: answered, connections: countSockets(), tookMs }));
agent.destroy();

function call(body, due) {
  const lateMs = Math.max(0, performance.now() - due);
  return new Promise((resolve) => {
    const length = { "content-length": Buffer.byteLength(body) };
    const sent = request(url, { method: "POST", agent, headers: { ...headers, ...length } });
    const settle = (status) => resolve({ status, lateMs, ms: performance.now() - due });
    sent.on("response", (response) => {
      response.resume().on("end", () => settle(response.statusCode));
    });
    // A connection that breaks is an answer too: one that nobody should get.
    sent.on("error", () => settle(0));
    sent.end(body);
  });
}

function countSockets() {
  return Object.values(agent.freeSockets).reduce((sum, sockets) => sum + sockets.length, 0);
}

function pause(waitMs) {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}
