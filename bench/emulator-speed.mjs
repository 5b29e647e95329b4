// How many creates a second the emulator answers, as a process of its own asked by a bare loop.
import { clientFile, runNode } from "./children.mjs";
import { userFile } from "./inputs.mjs";
import { startOrg } from "./org.mjs";

const IN_FLIGHT = 50;
const LEAST_PER_CORE = 5_000;

/**
 * Creates with bcrypt hashes over kept connections. Judged by the processor time of the emulator's
 * process, all its threads together, so that other work on the machine does not count.
 */
export async function measureEmulatorSpeed({ folder, quick }) {
  const users = quick ? 20_000 : 100_000;
  await userFile(folder, users, "ndjson");
  const org = await startOrg(folder);
  const args = [clientFile("client-bare-loop.mjs"), folder, String(users), String(IN_FLIGHT)];
  const before = org.processorMs();
  const { events } = await runNode(args, { cwd: folder, env: org.env });
  const cpuMs = org.processorMs() - before;
  const [{ refused, sendingMs }] = events;
  const { spanMs, users: created } = await org.createdSpan();
  await org.close();
  if (refused !== 0 || created !== users) throw new Error(`the org holds ${created} of ${users}`);
  const perCore = (users * 1000) / cpuMs;
  return [
    {
      name: "emulator: creates for each second of processor",
      figure: `${perCore.toFixed(0)}/s`,
      floor: `≥ ${LEAST_PER_CORE}/s`,
      met: perCore >= LEAST_PER_CORE,
      detail: `${users} users with bcrypt hashes, ${IN_FLIGHT} in flight; ${((cpuMs * 1000) / users).toFixed(0)} µs each`,
      values: { users, cpuMs, perCore },
    },
    {
      name: "emulator: the same by the clock",
      figure: `${((users * 1000) / sendingMs).toFixed(0)}/s`,
      detail: `client and other work on the same cores; by the org's own clock ${((users * 1000) / spanMs).toFixed(0)}/s`,
      values: { sendingMs, spanMs },
    },
  ];
}
