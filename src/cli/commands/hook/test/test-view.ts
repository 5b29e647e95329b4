import { printable } from "../../../../core/index.ts";
import type { TrialFinding } from "../../../../hook/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import type { Session } from "../../../run/session.ts";

/** What is told at the end. */
export interface TestEnd {
  readonly org: string | undefined;
  readonly url: string;
  readonly findings: readonly TrialFinding[];
}

/** What is told while a hook is tried. */
export interface TestView {
  /** @param registered where the org calls */
  begin(url: string, registered: string | undefined): void;
  found(finding: TrialFinding): void;
  end(end: TestEnd): void;
}

/** Tells programs line by line on standard output, or people on standard error. */
export function openTestView({ terminal }: Session, json: boolean): TestView {
  if (json) {
    return {
      begin: () => undefined,
      found: (finding) => writeJsonLine({ event: "hook-trial", ...finding }),
      end: ({ org, url, findings }) => {
        const count = (verdict: TrialFinding["verdict"]): number =>
          findings.filter((finding) => finding.verdict === verdict).length;
        writeJsonLine({
          event: "hook-tested",
          ...(org === undefined ? {} : { org }),
          url,
          ok: count("ok"),
          failed: count("failed"),
          skipped: count("skipped"),
        });
      },
    };
  }
  const say = (text: string): void => terminal.print(printable(text));
  return {
    begin: (url, registered) => {
      say(`Trying ${url}`);
      if (registered !== undefined && registered !== url) say(`The org calls ${registered}`);
    },
    found: ({ name, verdict, saying, hint, elapsedMs }) => {
      const time = elapsedMs === undefined ? "" : ` ${elapsedMs} ms.`;
      say(`${verdict.padEnd(8)}${name.padEnd(13)} ${saying}${time}`);
      if (hint !== undefined) say(`        ${hint}`);
    },
    end: ({ findings }) => {
      const failed = findings.filter(({ verdict }) => verdict === "failed").length;
      say(
        failed === 0 ? "The hook answers as it should." : `${failed} of ${findings.length} failed.`,
      );
    },
  };
}
