// Wrong passwords for one login from one address, counted by several replicas and over a kill.
import { ask } from "./callers.mjs";

const ADDRESS = "192.0.2.77";
/** As many as hold a pair: docs/reference/cli.md, `hook serve`. */
const FREE_TRIES = 10;

/**
 * Half of the wrong ones at one replica, which is killed and started again, half at the other one; then
 * the right one at both.
 *
 * @returns how often each of them held the pair
 */
export async function holdOverAKill({ replicas, old, start }) {
  const [{ login, password }] = old.users;
  const call = (replica, typed) => ask(replica, { old, login, password: typed, address: ADDRESS });
  const beWrong = async (replica) => {
    for (let count = 0; count < FREE_TRIES / 2; count += 1) {
      const answer = await call(replica, `${password}x`);
      if (answer !== "UNVERIFIED") throw new Error(`nobody disturbs it, and it answers ${answer}`);
    }
  };
  await beWrong(replicas[0]);
  await replicas[0].kill();
  replicas[0] = await start(replicas[0].port);
  await beWrong(replicas[1]);
  for (const replica of replicas) await call(replica, password);
  return Promise.all([replicas[0].held(1), replicas[1].held(FREE_TRIES / 2 + 1)]);
}
