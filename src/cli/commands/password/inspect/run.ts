import { availableParallelism } from "node:os";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { openPacedLines } from "../../../output/paced-lines.ts";
import { readHashSecrets } from "../../../run/read-hash-secrets.ts";
import { openSession, type Session } from "../../../run/session.ts";
import { openStopSignal } from "../../../run/stop-signal.ts";
import { unlessStopped } from "../../../run/unless-stopped.ts";
import { type GivenLine, readGivenLine } from "../given-hash.ts";
import { readLines } from "../read-lines.ts";
import { openVerifier } from "../../../../passwords/index.ts";
import { answerInOrder } from "./answer-in-order.ts";
import { inspectHash } from "./inspect-hash.ts";
import type { Inspection } from "./inspection.ts";
import { InspectionTable } from "./inspection-table.ts";

/** Hashes that are worked on or wait to be told, for each core. */
const AHEAD_PER_CORE = 4;

const HOW_TO_GIVE =
  "Paste stored hashes, one a line; then press Ctrl-D (on Windows Ctrl-Z, then Enter).";

/** What `password inspect` was asked for. */
export interface InspectOptions {
  readonly json: boolean;
}

/**
 * Tells what each hash of standard input is.
 *
 * @throws {ConfigError} OPTION_INVALID when a file that the environment names can't be read
 */
export async function runInspect({ json }: InspectOptions): Promise<ExitCode> {
  const session = openSession({ json });
  const { clock, environment } = session;
  const secrets = await readHashSecrets(environment);
  const ahead = AHEAD_PER_CORE * availableParallelism();
  const verifier = openVerifier({ maxWaiting: ahead, clock });
  let wasInterrupted = false;
  const stop = openStopSignal({
    clock,
    stopAt: undefined,
    onStop: () => {
      wasInterrupted = true;
    },
  });
  const abandoned = new AbortController();
  if (process.stdin.isTTY) session.terminal.print(HOW_TO_GIVE);
  const teller = json ? tellPrograms(() => abandoned.abort()) : tellPeople(session);
  try {
    const answering = answerInOrder<GivenLine, Inspection>({
      inputs: givenLines(process.stdin),
      work: (given) => inspectHash(given, { verifier, secrets }),
      write: (inspection, { line }) => teller.tell(line, inspection),
      ahead,
    });
    await unlessStopped(answering, AbortSignal.any([stop.signal, abandoned.signal]));
    if (!wasInterrupted) teller.end();
    return wasInterrupted ? EXIT.interrupted : EXIT.ok;
  } finally {
    stop.dispose();
    process.stdin.destroy();
    await verifier.close();
  }
}

async function* givenLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<GivenLine> {
  for await (const line of readLines(input)) yield readGivenLine(line);
}

interface Teller {
  tell(line: number, inspection: Inspection): Promise<void>;
  end(): void;
}

function tellPrograms(onAbandoned: () => void): Teller {
  const lines = openPacedLines(process.stdout, onAbandoned);
  return { tell: (_, inspection) => lines.write(inspection), end: () => undefined };
}

function tellPeople({ terminal }: Session): Teller {
  if (process.stdin.isTTY) {
    terminal.print(
      "Paste stored hashes, one a line; then press Ctrl-D (on Windows Ctrl-Z, Enter).",
    );
  }
  const table = new InspectionTable(terminal);
  return {
    tell: (line, inspection) => {
      table.add(line, inspection);
      return Promise.resolve();
    },
    end: () => table.end(),
  };
}
