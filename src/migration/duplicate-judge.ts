import type { Issue } from "../core/index.ts";
import type { DuplicateRule } from "../mapping/index.ts";
import { droppedIssue, duplicateLoginIssue } from "../validation/index.ts";
import type { JudgedEntry } from "./judge-entry.ts";
import { OrderKeys, readOrderKey } from "./order-keys.ts";

/** A record that holds a login. */
export interface LoginHolder {
  readonly seq: number;
  readonly line: number;
}

/** Who keeps a login that two records have. */
export type DuplicateVerdict =
  /** The holder keeps it: the issue of the other one. */
  | { readonly kind: "keeps"; readonly issue: Issue }
  /** The other one takes it: the issue of the holder, and that of the other one if it is too late. */
  | { readonly kind: "gives-up"; readonly loses: Issue; readonly tooLate: Issue };

/** Decides which of two records with one login keeps it, as the config says. */
export class DuplicateJudge {
  readonly #rule: DuplicateRule;
  readonly #keys: OrderKeys | undefined;

  constructor(rule: DuplicateRule) {
    this.#rule = rule;
    this.#keys = rule.kind === "latest" ? new OrderKeys() : undefined;
  }

  /** Whether records must be known that are planned already. */
  get readsAll(): boolean {
    return this.#rule.kind === "latest";
  }

  /** Keeps what is needed of a record to compare it with later ones. */
  note(entry: JudgedEntry): void {
    if (this.#keys === undefined || this.#rule.kind !== "latest") return;
    this.#keys.set(
      entry.position.seq,
      readOrderKey(entry.record?.fields.get(this.#rule.by.column)),
    );
  }

  /** Compares a record with the one that holds its login; both were noted. */
  judge(entry: JudgedEntry, holder: LoginHolder): DuplicateVerdict {
    const rule = this.#rule;
    if (rule.kind === "reject" || this.#keys === undefined) {
      const issue =
        rule.kind === "first"
          ? droppedIssue(holder.line, "stands before it in the source")
          : duplicateLoginIssue(holder.line);
      return { kind: "keeps", issue };
    }
    const { line, seq } = entry.position;
    const column = rule.kind === "latest" ? rule.by.column : "";
    const own = this.#keys.get(seq);
    const others = this.#keys.get(holder.seq);
    if (own > others) {
      return {
        kind: "gives-up",
        loses: droppedIssue(line, `has a later ${column}`),
        tooLate: duplicateLoginIssue(
          holder.line,
          "which was sent already, though it is not the latest",
        ),
      };
    }
    const issue =
      own < others
        ? droppedIssue(holder.line, `has a later ${column}`)
        : duplicateLoginIssue(holder.line, `and ${column} does not tell which of them is later`);
    return { kind: "keeps", issue };
  }
}
