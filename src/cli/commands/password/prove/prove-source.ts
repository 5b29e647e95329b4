import {
  foldLogin,
  type Issue,
  isUnreadable,
  type Secret,
  type SourceRecord,
  type UserDraft,
} from "../../../../core/index.ts";
import type { RecordRules } from "../../../../migration/index.ts";
import type { Computation } from "../../../../passwords/formats/index.ts";
import { decideAction } from "../../../../validation/index.ts";
import type { PreparedRun } from "../../../run/prepare-run.ts";
import type { PasswordVerifier } from "../../../../passwords/index.ts";
import { type AccountProof, FormatTally, isProven, type Proof, type Route } from "./proof.ts";
import { asOktaReads, type Sha256Salt } from "./as-okta-reads.ts";
import type { TestAccount } from "./test-account.ts";

/** What a source is proven with. */
export interface ProofTools {
  readonly verifier: PasswordVerifier;
  /** How the org reads the salt of SHA-256. @default as documented */
  readonly sha256Salt: Sha256Salt | undefined;
  /** Passwords that are checked at the same time, 1 or more. */
  readonly parallel: number;
  /** Ends the reading early; what is returned then is about a part of the source. */
  readonly signal: AbortSignal;
  readonly onRead: (records: number) => void;
  readonly onAccount: (proof: AccountProof) => void;
}

/**
 * Reads the whole source as an import does, counts its users by format and route, and checks the
 * passwords of test accounts against what would be sent.
 *
 * Where a login stands twice, the first record that can be sent is taken, as by an import.
 *
 * @throws {SourceError} when the source can't be read on
 */
export async function proveSource(
  prepared: PreparedRun,
  accounts: readonly TestAccount[],
  tools: ProofTools,
): Promise<Proof> {
  const prover = new Prover(prepared, accounts, tools);
  let read = 0;
  let unreadable = 0;
  for await (const batch of prepared.source.read()) {
    if (tools.signal.aborted) break;
    for (const entry of batch) {
      if (isUnreadable(entry)) unreadable += 1;
      else await prover.take(entry);
    }
    read += batch.length;
    tools.onRead(read);
  }
  return { ...(await prover.end()), unreadable };
}

/** A record that is judged, as far as its password goes. */
interface JudgedPassword {
  readonly draft: UserDraft;
  readonly format: string;
  readonly route: Route;
  /** Why the record as a whole is not sent. */
  readonly issues: readonly Issue[];
}

class Prover {
  readonly #prepared: PreparedRun;
  readonly #tools: ProofTools;
  readonly #rules: RecordRules;
  readonly #tally = new FormatTally();
  readonly #proofs: AccountProof[] = [];
  readonly #running = new Set<Promise<AccountProof>>();
  /** Resolves when all that was begun is told, in the order of the source. */
  #told = Promise.resolve();
  /** Accounts that no record was found for yet, by folded login. */
  readonly #wanted = new Map<string, readonly TestAccount[]>();
  /** Records of theirs that would not be sent. */
  readonly #rejected = new Map<string, AccountProof>();

  constructor(prepared: PreparedRun, accounts: readonly TestAccount[], tools: ProofTools) {
    this.#prepared = prepared;
    this.#tools = tools;
    this.#rules = prepared.rules([]);
    for (const account of accounts) {
      const login = foldLogin(account.login);
      this.#wanted.set(login, [...(this.#wanted.get(login) ?? []), account]);
    }
  }

  /** Counts a record, and begins to check the accounts that it belongs to. */
  async take(record: SourceRecord): Promise<void> {
    const judged = this.#judge(record);
    const { draft, format, route, issues } = judged;
    this.#tally.add(format, route, record.line);
    const login = foldLogin(draft.login);
    const accounts = login === "" ? undefined : this.#wanted.get(login);
    if (accounts === undefined) return;
    if (issues.length > 0) {
      const known = { line: record.line, format, route, issues };
      this.#rejected.set(login, { ...known, login: draft.login, verdict: "rejected" });
      return;
    }
    this.#wanted.delete(login);
    for (const account of accounts) {
      await this.#start(this.#prove(account, record, judged));
    }
  }

  /** Waits for what is being checked, and tells of accounts that the source does not have. */
  async end(): Promise<Omit<Proof, "unreadable">> {
    await this.#told;
    for (const [folded, accounts] of this.#wanted) {
      for (const { login } of accounts) {
        const rejected = this.#rejected.get(folded);
        this.#note({ verdict: "not-found", issues: [], ...rejected, login });
      }
    }
    const formats = this.#tally.formats();
    return { formats, accounts: this.#proofs, proven: isProven(formats) };
  }

  #judge(record: SourceRecord): JudgedPassword {
    const { scenario, otherwise } = this.#rules;
    const { draft, issues: mapping } = this.#rules.map(record);
    const issues = [...mapping, ...this.#rules.validate(draft)];
    const decide = (found: readonly Issue[]): ReturnType<typeof decideAction> =>
      decideAction({ draft, issues: found, scenario, otherwise, groupIds: [] });
    const byPassword = decide([]);
    const whole = decide(issues);
    return {
      draft,
      format: draft.password.kind === "none" ? "no password" : draft.password.label,
      route: byPassword.kind === "reject" ? "rejected" : ROUTES[byPassword.user.credential.kind],
      issues: whole.kind === "reject" ? whole.issues : [],
    };
  }

  async #start(proving: Promise<AccountProof>): Promise<void> {
    const running = proving.finally(() => this.#running.delete(running));
    this.#running.add(running);
    this.#told = this.#told.then(async () => this.#note(await running));
    if (this.#running.size >= this.#tools.parallel) await Promise.race(this.#running);
  }

  #note(proof: AccountProof): void {
    this.#proofs.push(proof);
    this.#tally.note(proof);
    this.#tools.onAccount(proof);
  }

  async #prove(
    { login, password }: TestAccount,
    record: SourceRecord,
    judged: JudgedPassword,
  ): Promise<AccountProof> {
    const { format, route } = judged;
    const known = { login, line: record.line, format, route };
    if (route === "staged") return { ...known, verdict: "not-carried", issues: [] };
    const found = this.#computationOf(record, judged);
    if ("issues" in found) return { ...known, verdict: "unchecked", issues: found.issues };
    const { computation } = found;
    const copy = Uint8Array.from(password);
    const verdict = await this.#tools.verifier.verify({ computation, password: copy });
    if (verdict === "right") return { ...known, verdict: "proven", issues: [] };
    return { ...known, verdict: verdict === "wrong" ? "wrong" : "unchecked", issues: [] };
  }

  /** What is computed at a sign-in: by Okta from the object that it is sent, or by the hook. */
  #computationOf(
    record: SourceRecord,
    { draft, route }: JudgedPassword,
  ): { readonly computation: Secret<Computation> } | { readonly issues: readonly Issue[] } {
    const { password } = draft;
    const reading =
      route === "hash" && password.kind === "hash"
        ? asOktaReads(password.hash, this.#tools.sha256Salt)
        : this.#prepared.mapping.readPassword(record);
    if (reading.kind === "stored") return { computation: reading.stored.computation };
    return { issues: reading.kind === "absent" ? [] : [reading.issue] };
  }
}

const ROUTES = { hash: "hash", hook: "hook", none: "staged" } as const;
