// Asks a service whether it is well, for health checks of containers: node probe.mjs https://127.0.0.1:8443/readyz
// Exit code 0 where the answer is 200, else 1. It asks this machine alone, and carries no secret.
import { request as requestPlain } from "node:http";
import { request as requestOverTls } from "node:https";

const TIMEOUT_MS = 3_000;

const url = new URL(process.argv[2] ?? "https://127.0.0.1:8443/readyz");
const request = url.protocol === "http:" ? requestPlain : requestOverTls;
// The certificate is that of the public name, and this is the loopback address.
const asked = request(url, { rejectUnauthorized: false, timeout: TIMEOUT_MS }, (response) => {
  response.resume();
  process.exitCode = response.statusCode === 200 ? 0 : 1;
});
asked.on("timeout", () => asked.destroy(new Error("no answer in time")));
asked.on("error", (error) => {
  process.stderr.write(`probe: ${error.message}\n`);
  process.exitCode = 1;
});
asked.end();
