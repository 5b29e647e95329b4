import { printable } from "../../../../core/index.ts";
import { formatCount } from "../../../../reports/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import { openProgressLines } from "../../../output/progress-lines.ts";
import type { Session } from "../../../run/session.ts";
import type { PreparedSealing } from "./prepare-sealing.ts";
import type { NotSealed, SealCounts, SealListener } from "./seal-source.ts";

/** Entries that people are told one by one; further ones are counted. */
const MOST_TOLD = 20;

/** What is told at the end. */
export interface SealSummary extends SealCounts {
  readonly store: string;
  /** All that the store has now. */
  readonly logins: number;
  /** Of the hashes that were sealed now, most first. */
  readonly formats: readonly { readonly label: string; readonly count: number }[];
  /** Logins of the store that was there before. */
  readonly before: number;
}

/** What is told while a source is sealed. */
export interface SealView extends SealListener {
  begin(prepared: PreparedSealing): void;
  end(summary: SealSummary): void;
}

/** Tells programs line by line, or people on standard error. */
export function openSealView(session: Session, json: boolean): SealView {
  return json ? openJsonView(session) : openHumanView(session);
}

function openJsonView({ clock }: Session): SealView {
  const tellProgress = openProgressLines(() => clock.now());
  return {
    begin: () => undefined,
    onRead: (records) => tellProgress({ phase: "sealing", records }),
    onNotSealed: ({ line, issue }) => {
      const { code, reason, hint } = issue;
      writeJsonLine({ event: "not-sealed", line, code, reason, hint });
    },
    end: (summary) => writeJsonLine({ event: "summary", ...summary }),
  };
}

function openHumanView({ terminal }: Session): SealView {
  const unreadable: NotSealed[] = [];
  let more = 0;
  const say = (text: string): void => terminal.print(printable(text));
  return {
    begin: ({ source, description, mapping }) => {
      say(`source     ${source.location} (${description})`);
      say(`passwords  ${mapping.passwordKind ?? "none"}`);
      for (const note of mapping.notes) say(`note: ${note}`);
    },
    onRead: (records) => terminal.progress(`Sealing: ${formatCount(records)} records …`),
    onNotSealed: (entry) => {
      if (unreadable.length < MOST_TOLD) unreadable.push(entry);
      else more += 1;
    },
    end: (summary) => {
      terminal.clear();
      for (const { line, issue } of unreadable) say(`line ${line}: ${issue.reason} ${issue.hint}`);
      if (more > 0) say(`… and ${formatCount(more)} more: --json tells all.`);
      for (const sentence of sentencesOf(summary)) say(sentence);
    },
  };
}

function sentencesOf(summary: SealSummary): readonly string[] {
  const { records, sealed, withoutPassword, unreadable, duplicate, withoutLogin } = summary;
  const { store, logins, formats, before } = summary;
  const kinds = formats.map(({ label, count }) => `${formatCount(count)} ${label}`).join(" · ");
  const others = [
    [withoutPassword, "without a password"],
    [unreadable, "unreadable"],
    [duplicate, "with a login that an earlier record has"],
    [withoutLogin, "without a login"],
  ] as const;
  const left = others
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`);
  const was = before === 0 ? "" : `; ${formatCount(before)} before`;
  return [
    `Sealed ${formatCount(sealed)} of ${formatCount(records)} records: ${kinds}.`,
    ...(left.length === 0 ? [] : [`Not sealed: ${left.join(", ")}.`]),
    `${store} has ${formatCount(logins)} logins${was}. Keep its key apart from it.`,
  ];
}
