import { describe, expect, it } from "vitest";
import { displayWidth } from "../display-width.ts";
import type { CheckLine } from "./check-line.ts";
import { renderDiagnosis } from "./render-diagnosis.ts";

const LINES: readonly CheckLine[] = [
  { id: "org", status: "pass", message: "acme.okta.com answers." },
  {
    id: "token-cap",
    status: "warn",
    message: "The token may use 50 % of each limit, which is Okta's default and can be raised.",
    hint: "Raise it in the Admin Console under Security, and put it back after the load.",
  },
  { id: "hook", status: "fail", message: "There is none.", hint: "Register one." },
  { id: "time", status: "skipped", message: "Not checked." },
];

describe("a diagnosis for people", () => {
  it("has a line for each check, and below it what to do", () => {
    expect(renderDiagnosis(LINES)).toBe(`\
pass     org          acme.okta.com answers.
warn     token-cap    The token may use 50 % of each limit, which is Okta's
                      default and can be raised.
                      > Raise it in the Admin Console under Security, and put it
                      back after the load.
fail     hook         There is none.
                      > Register one.
skipped  time         Not checked.

1 must be mended first, 1 warning. 1 not checked.
`);
  });

  it.each([40, 59, 60, 80, 200])("fits a terminal of %i columns", (width) => {
    const widths = renderDiagnosis(LINES, { width }).split("\n").map(displayWidth);
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
  });

  it("says when nothing is in the way", () => {
    expect(renderDiagnosis(LINES.slice(0, 1))).toContain("Nothing is in the way, no warning.");
  });

  it("does not obey what stands in an org's names", () => {
    const message = 'An org "\u001b[2J\u202e".';
    const shown = renderDiagnosis([{ id: "org", status: "pass", message }]);
    expect(shown).toContain('An org "\\u{1b}[2J\\u{202e}".');
  });
});
