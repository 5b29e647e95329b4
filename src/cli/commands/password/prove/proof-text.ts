import { printable } from "../../../../core/index.ts";
import {
  formatCount,
  renderTable,
  type TableColumn,
  wrapWidth,
} from "../../../../reports/index.ts";
import type { Terminal } from "../../../output/terminal.ts";
import type { AccountProof, FormatProof, Proof } from "./proof.ts";

/** Accounts that are told one by one; further ones are counted. */
const MOST_ACCOUNTS = 50;

const COLUMNS: readonly TableColumn[] = [
  { header: "format", overflow: "wrap" },
  { header: "users", align: "right" },
  { header: "goes as", overflow: "wrap" },
  { header: "accounts", align: "right" },
  { header: "verdict", overflow: "wrap" },
];

const VERDICTS: Readonly<Record<FormatProof["verdict"], string>> = {
  proven: "proven",
  failed: "FAILED",
  "not-proven": "NOT proven",
  "not-carried": "no password",
};

/** Tells a proof to people. */
export class ProofText {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Prints a paragraph, made safe and broken to the terminal's width. */
  say(text: string, indent = ""): void {
    const width = this.#terminal.width() - indent.length;
    for (const line of wrapWidth(printable(text), width)) this.#terminal.print(indent + line);
  }

  /** Prints accounts, formats, and what is left to do. */
  tell(proof: Proof): void {
    const { style } = this.#terminal;
    const { accounts, formats, unreadable, proven } = proof;
    this.#tellAccounts(accounts);
    const rows = formats.map((one) => [
      one.format,
      formatCount(one.users),
      one.route,
      one.failed > 0 ? `${one.proven} of ${one.proven + one.failed}` : String(one.proven),
      VERDICTS[one.verdict],
    ]);
    this.#terminal.print("");
    this.#terminal.print(
      renderTable(rows, { columns: COLUMNS, width: this.#terminal.width(), style }),
    );
    if (unreadable > 0) {
      this.say(
        `${formatCount(unreadable)} entries could not be read: okta-migrate check tells why.`,
      );
    }
    for (const one of formats) this.#advise(one);
    this.#terminal.print(
      proven
        ? style.green("Proven: every format of the source.")
        : style.bold("Not proven yet: see above."),
    );
  }

  #tellAccounts(accounts: readonly AccountProof[]): void {
    const bad = accounts.filter(({ verdict }) => verdict !== "proven");
    const good = accounts.filter(({ verdict }) => verdict === "proven");
    const told = [...bad, ...good].slice(0, MOST_ACCOUNTS);
    if (told.length > 0) this.#terminal.print("");
    for (const account of told) {
      this.say(`${account.login}: ${sentenceOf(account)}`);
      for (const { reason, hint } of account.issues) this.say(`${reason} ${hint}`, "  ");
    }
    const more = accounts.length - told.length;
    if (more > 0) this.say(`… and ${formatCount(more)} more accounts: --json tells all.`);
  }

  #advise({ format, route, users, line, verdict }: FormatProof): void {
    if (verdict === "not-proven") {
      this.say(
        `${format}: give an account of this format whose password you know; line ${line} of the source is one.`,
      );
    } else if (verdict === "failed") {
      this.say(
        `${format}: do not import yet. Try the password in the old system; if it is right there, okta-migrate password detect finds how the hashes must be read.`,
      );
    } else if (route === "rejected") {
      this.say(
        `${format}: ${formatCount(users)} records are rejected, since no password can be carried. okta-migrate check tells why; otherwise: hook or otherwise: staged in migration.yaml takes them along.`,
      );
    }
  }
}

function sentenceOf({ verdict, route, line }: AccountProof): string {
  const at = line === undefined ? "" : ` (line ${line})`;
  switch (verdict) {
    case "proven":
      return route === "hook"
        ? `right${at}; it will be checked by the hook`
        : `proven${at}: right for what would be sent`;
    case "wrong":
      return `WRONG${at}: the password does not fit what would be sent`;
    case "rejected":
      return `rejected${at}: the record would not be sent`;
    case "not-carried":
      return `not carried${at}: the user arrives staged, without a password`;
    case "not-found":
      return "not found: no record of the source has this login";
    case "unchecked":
      return `not checked${at}: this machine could not compute it`;
  }
}
