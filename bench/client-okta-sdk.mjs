// Okta's own SDK as a migration script uses it: so many workers, each awaiting `createUser`.
import okta from "@okta/okta-sdk-nodejs";
import { userBodies } from "./inputs.mjs";

const [folder, users, workers] = process.argv.slice(2);
const bodies = await userBodies(folder, Number(users));
const client = new okta.Client({
  orgUrl: process.env.OKTA_ORG_URL,
  token: process.env.OKTA_API_TOKEN,
});

let next = 0;
let refused = 0;
const startedAt = performance.now();
await Promise.all(Array.from({ length: Number(workers) }, work));
console.log(JSON.stringify({ refused, sendingMs: performance.now() - startedAt }));

async function work() {
  while (next < bodies.length) {
    next += 1;
    try {
      await client.userApi.createUser({ body: bodies[next - 1], activate: true });
    } catch (error) {
      refused += 1;
      if (refused === 1) process.stderr.write(`${error.message}\n`);
    }
  }
}
