// How long the command line takes to say something at all.
import { cliArguments, startNode } from "./children.mjs";

const TIMES = 15;
const MOST_MS = 200;

/** `--help`, again and again, from the start of the process to its end. */
export async function measureStartTime({ folder }) {
  const times = [];
  for (let time = 0; time < TIMES; time += 1) {
    const { ended, lines } = startNode(cliArguments(["--help"]), { cwd: folder });
    lines.resume();
    times.push((await ended).wallMs);
  }
  const sorted = times.toSorted((left, right) => left - right);
  const median = sorted[TIMES >> 1];
  return [
    {
      name: "--help",
      figure: `${sorted[0].toFixed(0)} ms / ${median.toFixed(0)} ms`,
      floor: `median < ${MOST_MS} ms`,
      met: median < MOST_MS,
      detail: `min / median of ${TIMES}`,
      values: { times },
    },
  ];
}
