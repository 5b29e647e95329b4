// What must be true of a run after its last resume, however often it was killed.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Notes where a create leaves although an earlier one of the same login may have got through. */
export class LookUpRule {
  complaints = [];
  #doubtful = new Set();

  see(moment, { kind, login, status, absent }) {
    if (login === undefined) return;
    if (kind === "look-up") {
      if (moment === "answered" && (absent || status === 200)) this.#doubtful.delete(login);
      return;
    }
    if (moment === "received") {
      if (this.#doubtful.has(login))
        this.complaints.push(`${login} was sent again without a look-up`);
      this.#doubtful.add(login);
    }
    if (moment === "answered" && status < 500) this.#doubtful.delete(login);
  }

  /** A process died: of what it had sent, only what the journal has no outcome of is in doubt. */
  killed(doubtful) {
    this.#doubtful = new Set(doubtful);
  }
}

/** @returns one sentence for everything that does not add up */
export function auditRun({ end, run, org, source, existing, shape, log }) {
  const complaints = [];
  const check = (isTrue, sentence) => {
    if (!isTrue) complaints.push(sentence);
  };
  const { summary } = end;
  if (summary === undefined)
    return [
      `no summary; exit ${end.code ?? end.signal}: ${end.stdout.slice(-800)}${end.stderr.slice(-800)}`,
    ];

  const users = [...org.users()];
  const byLogin = new Map(users.map((user) => [user.login, user]));
  const expected = {
    records: source.rows,
    created: source.good.size - existing.size,
    updated: 0,
    existing: existing.size,
    rejected: source.rejected,
    failed: 0,
    pending: 0,
    finished: true,
  };
  for (const [name, value] of Object.entries(expected)) {
    check(summary[name] === value, `summary.${name} is ${summary[name]}, not ${value}`);
  }
  check(end.code === (source.rejected > 0 ? 1 : 0), `the last exit code is ${end.code}`);
  check(
    JSON.stringify(JSON.parse(readFileSync(join(run, "summary.json"), "utf8"))) ===
      JSON.stringify(summary),
    "summary.json is not the summary",
  );

  check(
    users.length === source.good.size,
    `the org has ${users.length} users, not ${source.good.size}`,
  );
  for (const login of source.good.keys()) check(byLogin.has(login), `${login} is not in the org`);
  check(
    org.ledger().usersCreated === source.good.size,
    `the org made ${org.ledger().usersCreated} users`,
  );
  check(org.ledger().internalErrors === 0, "the org itself failed");

  const created = rowsOf(join(run, "created.csv"));
  check(
    created.length === expected.created,
    `created.csv has ${created.length} rows, not ${expected.created}`,
  );
  const ids = new Set();
  for (const [line, login, id] of created) {
    const user = byLogin.get(login);
    check(user?.id === id, `created.csv says ${id} of ${login}, the org ${user?.id}`);
    check(!existing.has(login), `${login} was there before and stands in created.csv`);
    check(source.good.get(login) === Number(line), `created.csv says line ${line} of ${login}`);
    check(!ids.has(id), `${id} stands twice in created.csv`);
    ids.add(id);
  }
  const failures = rowsOf(join(run, "failures.csv"));
  check(
    failures.length === source.rejected,
    `failures.csv has ${failures.length} rows, not ${source.rejected}`,
  );

  const status = shape.flags.includes("--staged") ? "STAGED" : "ACTIVE";
  const material = shape.flags.includes("--staged")
    ? "none"
    : shape.flags.includes("--hook")
      ? "hook"
      : "hash";
  for (const user of users) {
    if (existing.has(user.login)) continue;
    check(
      user.status === status && user.password === material,
      `${user.login} is ${user.status} with ${user.password}`,
    );
    check(
      user.groups.length === shape.groups.length,
      `${user.login} is in ${user.groups.length} groups`,
    );
  }
  check(
    org.ledger().groups <= 1 + shape.groups.length,
    `the org has ${org.ledger().groups} groups`,
  );
  check(org.ledger().mails === 0, `the org would have sent ${org.ledger().mails} mails`);

  const accepted = new Map();
  for (const { kind, login, status: code } of log) {
    if (kind === "create" && code === 200) accepted.set(login, (accepted.get(login) ?? 0) + 1);
  }
  for (const [login, times] of accepted) check(times === 1, `${login} was accepted ${times} times`);
  return complaints;
}

/** Rows of a CSV file of ours, whose first columns need no quotes. */
function rowsOf(path) {
  const [, ...lines] = readFileSync(path, "utf8").split(/\r?\n/);
  return lines.filter((line) => line !== "").map((line) => line.split(","));
}
