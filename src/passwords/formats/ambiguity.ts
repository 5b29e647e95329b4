import type { Issue } from "../../core/index.ts";
import type { StoredHash } from "./stored-hash.ts";

const DETECT = "okta-migrate password detect finds it out with one known password.";

/** What the readings of a hash leave open, and the lines of `migration.yaml` that would settle it. */
export function ambiguousIssue(candidates: readonly StoredHash[]): Issue {
  const formats = distinct(candidates.map(({ format }) => format));
  const orders = distinct(candidates.map(({ presumes }) => presumes.saltOrder));
  const encodings = distinct(candidates.map(({ presumes }) => presumes.saltEncoding));
  const open = [
    ...(formats.length > 1 ? [`whether it is ${anyOf(formats)}`] : []),
    ...(orders.length > 1 ? ["whether its salt goes before or behind the password"] : []),
    ...(encodings.length > 1 ? [`whether its salt is written as ${anyOf(encodings)}`] : []),
  ];
  const lines = [
    ...(formats.length > 1 ? [`format: ${formats.join(" | ")}`] : []),
    ...(orders.length > 1 ? ["saltOrder: prefix | postfix"] : []),
    ...(encodings.length > 1 ? [`saltEncoding: ${encodings.join(" | ")}`] : []),
  ];
  const what = open.length === 0 ? "how it is to be read" : listOf(open);
  const say =
    lines.length === 0
      ? "Say in migration.yaml, under password, what it is;"
      : `Write in migration.yaml, under password: ${lines.map((line) => `\`${line}\``).join(", ")} (one of each);`;
  return {
    code: "PASSWORD_AMBIGUOUS",
    reason: `The password hash can be read in several ways: nothing says ${what}.`,
    hint: `${say} ${DETECT}`,
  };
}

function distinct<T extends string>(values: readonly (T | undefined)[]): readonly T[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

function anyOf(names: readonly string[]): string {
  return names.join(" or ");
}

function listOf(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join("")
    : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
