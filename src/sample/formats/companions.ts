import type { Secret } from "../../core/index.ts";
import { type Trouble, TROUBLES } from "../troubles/trouble.ts";
import { delimitedWriter } from "./delimited.ts";

const PASSWORDS = delimitedWriter([{ name: "login" }, { name: "password" }], ",");

/** The header of the passwords file. */
export const PASSWORDS_HEADER = PASSWORDS.head;

/**
 * One line of the passwords file: the login and the old password, which is revealed here, since the
 * file is what it is for. Nothing for a user without a login.
 */
export function renderPassword(login: string, password: Secret): string {
  return login.trim() === "" ? "" : PASSWORDS.record([login, password.reveal()]);
}

/** A trouble that was planted. */
export interface PlantedTrouble {
  /** Line at which the record opens in the file, from 1. */
  readonly line: number;
  readonly trouble: Trouble;
}

/** One line of the truth file: where which trouble is, and the issues by which `check` finds it. */
export function renderTruth({ line, trouble }: PlantedTrouble): string {
  return `${JSON.stringify({ line, trouble, issues: TROUBLES[trouble] })}\n`;
}

/** The line at which what comes next stands. */
export class LineCounter {
  #line = 1;

  get line(): number {
    return this.#line;
  }

  /** Counts what was written. */
  pass(text: string): void {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#line += 1;
  }
}
