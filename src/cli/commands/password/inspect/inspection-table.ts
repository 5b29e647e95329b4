import { type Issue, printable } from "../../../../core/index.ts";
import { renderTable, type TableColumn, wrapWidth } from "../../../../reports/index.ts";
import type { Terminal } from "../../../output/terminal.ts";
import type { Inspection } from "./inspection.ts";
import { LineNumbers } from "./line-numbers.ts";

/** Rows that are drawn at once: enough for most, and little enough to hold. */
const BATCH = 500;
/** Different issues that are told; further ones are counted. */
const MOST_ISSUES = 100;

const COLUMNS: readonly TableColumn[] = [
  { header: "line", align: "right" },
  { header: "format", overflow: "wrap" },
  { header: "goes as" },
  { header: "password" },
];

interface ToldIssue {
  readonly issue: Issue;
  readonly lines: LineNumbers;
}

/** Draws inspections for people, some hundred at a time, and at the end what is wrong with them. */
export class InspectionTable {
  readonly #terminal: Terminal;
  readonly #issues = new Map<string, ToldIssue>();
  #rows: (readonly string[])[] = [];
  #count = 0;
  #untold = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Adds what is told of one line. */
  add(line: number, inspection: Inspection): void {
    this.#count += 1;
    this.#rows.push([
      String(line),
      inspection.label ?? inspection.format?.replaceAll("|", " or ") ?? "unknown",
      inspection.carries === "none" ? "–" : inspection.carries,
      passwordCell(inspection.verified),
    ]);
    for (const issue of inspection.issues) this.#note(line, issue);
    if (this.#rows.length >= BATCH) this.#draw();
  }

  /** Draws what is left, and all issues. */
  end(): void {
    this.#draw();
    const { style } = this.#terminal;
    if (this.#count === 0) {
      this.#terminal.print("Standard input gave no hash. Give some, one a line:");
      this.#terminal.print("  okta-migrate password inspect < hashes.txt");
    }
    for (const { issue, lines } of this.#issues.values()) {
      this.#terminal.print(`\n${style.yellow(issue.code)}  ${lines.toString()}`);
      this.#print(issue.reason, "  ");
      this.#print(issue.hint, "  ");
    }
    if (this.#untold > 0) this.#print(`And ${this.#untold} further issues: --json tells them.`);
  }

  #note(line: number, issue: Issue): void {
    const key = `${issue.code} ${issue.reason}`;
    const known = this.#issues.get(key);
    if (known !== undefined) known.lines.add(line);
    else if (this.#issues.size >= MOST_ISSUES) this.#untold += 1;
    else this.#issues.set(key, { issue, lines: new LineNumbers(line) });
  }

  #draw(): void {
    const { style } = this.#terminal;
    const width = this.#terminal.width();
    if (this.#rows.length > 0) {
      this.#terminal.print(renderTable(this.#rows, { columns: COLUMNS, width, style }));
    }
    this.#rows = [];
  }

  #print(text: string, indent = ""): void {
    const width = this.#terminal.width() - indent.length;
    for (const line of wrapWidth(printable(text), width)) this.#terminal.print(indent + line);
  }
}

function passwordCell(verified: boolean | undefined): string {
  if (verified === undefined) return "";
  return verified ? "right" : "wrong";
}
