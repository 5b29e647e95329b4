import type { SourceValue } from "../../../../core/index.ts";
import type { Answer, TerminalPrompt } from "../../../input/terminal-prompt.ts";
import type { KnownAccount } from "./known-account.ts";

/** What was asked for, or that the person wants to end. */
export type AskedAccounts = readonly KnownAccount[] | "interrupted";

/** Asks for hash, salt and password of one account after the other, until none is given. */
export async function askKnownAccounts(prompt: TerminalPrompt): Promise<AskedAccounts> {
  const accounts: KnownAccount[] = [];
  for (;;) {
    const question =
      accounts.length === 0
        ? "Stored hash (not shown):"
        : "Stored hash of another account (Enter: no more):";
    const hash = await prompt.ask(question, "hidden");
    if (hash.kind === "interrupt") return "interrupted";
    if (hash.kind === "end" || hash.bytes.length === 0) return accounts;
    const salt = await prompt.ask("Salt, where it is not in the hash (Enter: none):", "hidden");
    if (salt.kind === "interrupt") return "interrupted";
    const password = await prompt.ask("Password of this account (not shown):", "hidden");
    if (password.kind === "interrupt") return "interrupted";
    if (password.kind === "end") return accounts;
    accounts.push({
      line: accounts.length + 1,
      hash: hashOf(textOf(hash)),
      beside: saltOf(salt),
      password: password.bytes,
    });
  }
}

/** A pasted JSON object, such as Keycloak's, is one. */
function hashOf(text: string): SourceValue {
  if (!text.startsWith("{")) return text;
  try {
    return JSON.parse(text) as SourceValue;
  } catch {
    return text;
  }
}

function saltOf(answer: Answer): KnownAccount["beside"] {
  const salt = textOf(answer);
  return salt === "" ? {} : { salt };
}

function textOf(answer: Answer): string {
  if (answer.kind !== "line") return "";
  const text = Buffer.from(answer.bytes).toString("utf8").trim();
  answer.bytes.fill(0);
  return text;
}
