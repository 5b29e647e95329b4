// In which steps a kill fell: told from a copy of the journal and from what the wire has seen.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";

/** Every step that a full run must have hit. */
export const STEPS = [
  "starting",
  "planning",
  "planned, nothing attempted",
  "attempt noted, not sent",
  "sent, the org has not acted",
  "sent, the org has acted, unanswered",
  "answered, outcome not noted",
  "earlier doubt, not looked up yet",
  "being looked up",
  "between records",
  "all ended, reports not written",
];

const READY = 1;
const REJECTED = 5;

/** What the journal holds; read from a copy, so that what the killed process left stays as it is. */
export function readJournal(folder) {
  const path = join(folder, "journal");
  if (!existsSync(path)) return undefined;
  const copy = mkdtempSync(join(tmpdir(), "okta-migrate-kill-"));
  try {
    for (const name of readdirSync(folder)) {
      if (name === "journal" || name === "journal-wal")
        copyFileSync(join(folder, name), join(copy, name));
    }
    const database = new Database(join(copy, "journal"));
    try {
      const has = database
        .prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'record'")
        .get().n;
      if (has === 0) return undefined;
      const planFinished =
        database.prepare("SELECT value FROM meta WHERE key = 'planFinished'").get()?.value === "1";
      const records = database.prepare("SELECT seq, login, state, attempted FROM record").all();
      return { planFinished, records };
    } finally {
      database.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Logins of the records that were attempted and whose answer nobody knows, failed ones too. */
export function loginsInDoubt(journal) {
  const records = journal?.records ?? [];
  return new Set(records.filter(({ attempted }) => attempted === 1).map(({ login }) => login));
}

/**
 * @param journal what {@link readJournal} gave
 * @param known `before`: logins that were in doubt when the killed process began; `exchanges`: what
 *   it sent; `inOrg`: whether a user is there; `isReported`: whether its summary is written
 * @returns the steps, with how many records stood in each, and the logins that are in doubt now
 */
export function stepsOf(journal, { before, exchanges, inOrg, isReported }) {
  const steps = new Map();
  const add = (step) => steps.set(step, (steps.get(step) ?? 0) + 1);
  if (journal === undefined) {
    add("starting");
    return { steps, doubtful: new Set() };
  }
  const doubtful = new Set();
  const isUntouched = journal.records.every(
    ({ state, attempted }) => attempted === 0 && (state === READY || state === REJECTED),
  );
  // A stream is planned while it is sent.
  if (!journal.planFinished && isUntouched) {
    add("planning");
    return { steps, doubtful };
  }
  const open = journal.records.filter(({ state }) => state === READY);
  if (open.length === 0 && journal.planFinished) {
    if (!isReported) add("all ended, reports not written");
    return { steps, doubtful };
  }
  const inDoubt = open.filter(({ attempted }) => attempted === 1);
  for (const { login } of inDoubt) {
    doubtful.add(login);
    add(stepOf(login, { before, exchanges, inOrg }));
  }
  if (inDoubt.length === 0) {
    const isFresh =
      open.length === journal.records.filter(({ state }) => state !== REJECTED).length;
    add(isFresh ? "planned, nothing attempted" : "between records");
  }
  return { steps, doubtful };
}

function stepOf(login, { before, exchanges, inOrg }) {
  const create = exchanges.findLast(
    (exchange) => exchange.kind === "create" && exchange.login === login,
  );
  if (create === undefined) {
    if (!before.has(login)) return "attempt noted, not sent";
    const asked = exchanges.some(
      (exchange) => exchange.kind === "look-up" && exchange.login === login,
    );
    return asked ? "being looked up" : "earlier doubt, not looked up yet";
  }
  if (create.status !== undefined) return "answered, outcome not noted";
  return create.acted || inOrg(login)
    ? "sent, the org has acted, unanswered"
    : "sent, the org has not acted";
}
