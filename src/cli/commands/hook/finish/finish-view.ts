import { type Failure, printable, type ResetMail } from "../../../../core/index.ts";
import type { FinishCounts, FinishListener } from "../../../../programme/index.ts";
import { formatCount, formatDuration } from "../../../../reports/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import { openProgressLines } from "../../../output/progress-lines.ts";
import type { Session } from "../../../run/session.ts";

/** What is about to be done. */
export interface FinishOutlook {
  readonly org: string;
  readonly due: number;
  /** Who is waiting, also those that are not meant now. */
  readonly left: number;
  /** Whether only users of one run are meant. */
  readonly ofRun: boolean;
  readonly mail: ResetMail;
  readonly waveSize: number;
  readonly pauseMs: number;
}

/** What was done. */
export interface FinishSummary extends FinishCounts {
  readonly org: string;
  /** By all processes. */
  readonly resetInAll: number;
  /** Who is waiting still; undefined: it was stopped before it was counted. */
  readonly left: number | undefined;
  readonly hook: "removed" | "kept" | "none";
}

/** What is told while users are turned over. */
export interface FinishView extends FinishListener {
  plan(outlook: FinishOutlook): void;
  stopping(): void;
  /** Others than those of the run may need the hook. */
  othersLeft(count: number): void;
  end(summary: FinishSummary): void;
}

/** Tells programs line by line on standard output, or people on standard error. */
export function openFinishView(session: Session, json: boolean): FinishView {
  return json ? openJsonView(session) : openHumanView(session);
}

function openJsonView({ clock }: Session): FinishView {
  const tellProgress = openProgressLines(() => clock.now());
  return {
    plan: (outlook) => writeJsonLine({ event: "finish-plan", ...outlook }),
    onReset: (counts) => tellProgress({ phase: "resetting", ...counts }),
    onRefused: ({ oktaId }, { code, reason, hint }) =>
      writeJsonLine({ event: "not-reset", oktaId, code, reason, hint }),
    onPause: (wave, pauseMs) => writeJsonLine({ event: "wave-ended", wave, pauseMs }),
    stopping: () => undefined,
    othersLeft: (count) =>
      writeJsonLine({
        event: "warning",
        message: othersSentence(count),
        hint: REMOVE_ANYWAY,
      }),
    end: (summary) => writeJsonLine({ event: "summary", ...summary }),
  };
}

const REMOVE_ANYWAY = "If none of them needs the hook, give --remove-hook.";

function othersSentence(count: number): string {
  return `${formatCount(count)} others of the org have not signed in with their old password yet; those imported with a hash look the same.`;
}

function openHumanView({ terminal }: Session): FinishView {
  // By code: the first reason of each stands for the others.
  const refusals = new Map<string, { count: number; failure: Failure }>();
  const say = (text: string): void => terminal.print(printable(text));
  return {
    plan: ({ org, due, left, ofRun, mail, waveSize, pauseMs }) => {
      say(`${org}: ${formatCount(left)} have not signed in with their old password yet.`);
      if (due === 0) return;
      if (!ofRun) {
        say(
          "Users that were imported with a hash look the same. --run DIR keeps to those of a run.",
        );
      }
      const pause = pauseMs === 0 ? "" : `, ${formatDuration(pauseMs)} apart`;
      say(
        `${formatCount(due)} passwords are to be reset, in waves of ${formatCount(waveSize)}${pause}.`,
      );
      if (mail === "no-mail") {
        say(
          "No mail goes out: whoever is reset can't sign in until sent a link. --send-mail has Okta send it.",
        );
      }
    },
    onReset: ({ reset }) => terminal.progress(`Resetting: ${formatCount(reset)} done …`),
    onRefused: (_user, failure) => {
      const known = refusals.get(failure.code) ?? { count: 0, failure };
      refusals.set(failure.code, { ...known, count: known.count + 1 });
    },
    onPause: (wave, pauseMs) =>
      say(
        `Wave ${wave} is done; the next one in ${formatDuration(pauseMs)}. Ctrl-C ends here, resumable.`,
      ),
    stopping: () => say("Stopping: what is on its way is waited for. The same command goes on."),
    othersLeft: (count) => say(`${othersSentence(count)} ${REMOVE_ANYWAY}`),
    end: (summary) => {
      terminal.clear();
      for (const { count, failure } of refusals.values()) {
        say(`${formatCount(count)} refused: ${failure.reason} ${failure.hint}`);
      }
      for (const sentence of sentencesOf(summary)) say(sentence);
    },
  };
}

function sentencesOf(summary: FinishSummary): readonly string[] {
  const { reset, refused, gone, left, hook } = summary;
  const more = [
    ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
    ...(gone > 0 ? [`${formatCount(gone)} had moved meanwhile`] : []),
  ];
  return [
    [`Reset ${formatCount(reset)} passwords`, ...more].join(", ") + ".",
    ...(left === undefined ? [] : [`${formatCount(left)} are still waiting.`]),
    ...(hook === "removed" ? ["The org's password import hook is removed: stop hook serve."] : []),
    ...(hook === "kept" ? ["The org's password import hook stays."] : []),
  ];
}
