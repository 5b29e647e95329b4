// How much of each rate limit window an import uses, and whether it is ever refused.
import { userFile } from "./inputs.mjs";
import { importUsers } from "./import-run.mjs";
import { startOrg } from "./org.mjs";

const LIMIT = 600;
const LATENCY_MS = 100;
const LEAST_FILL = 0.99;
const BUCKET = "POST /api/v1/users";

/** One import for each share and length of window; whole windows alone are judged. */
export async function measureWindowFill({ folder, quick }) {
  const cases = quick
    ? [
        { share: 0.9, windowMs: 5000, windows: 3 },
        { share: 1, windowMs: 5000, windows: 3 },
      ]
    : [
        { share: 0.9, windowMs: 10_000, windows: 7 },
        { share: 1, windowMs: 10_000, windows: 7 },
        { share: 0.9, windowMs: 60_000, windows: 3 },
      ];
  const rows = [];
  for (const one of cases) rows.push(await fillWindows(folder, one));
  return rows;
}

/**
 * One import that is bounded by a rate limit alone, and how much of each whole window it used.
 *
 * @param {{ flags: readonly string[], envOf: (url: string) => object } | undefined} app gets in by it
 */
export async function fillWindows(folder, { share, windowMs, windows }, app) {
  const budget = Math.floor(share * LIMIT);
  // The first and the last window are cut off by the run itself, so two more are needed.
  const file = await userFile(folder, budget * (windows + 2));
  const limits = ["--limit", LIMIT, "--window-ms", windowMs, "--latency-ms", LATENCY_MS];
  const org = await startOrg(folder, [...limits.map(String), ...(app?.flags ?? [])]);
  const env = app?.envOf(org.url) ?? org.env;
  const flags = ["--rate-share", String(share)];
  const { summary } = await importUsers({ folder, file, org: { ...org, env }, flags });
  const state = await org.state();
  await org.close();
  const whole = state.windows[BUCKET].slice(1, -1).map(({ accepted }) => accepted);
  const fill = whole.reduce((sum, accepted) => sum + accepted, 0) / whole.length / budget;
  const worst = Math.min(...whole) / budget;
  const refused = Object.values(state.rateLimited).reduce((sum, count) => sum + count, 0);
  return {
    name: `window fill, share ${share}, ${windowMs / 1000} s windows`,
    figure: `${(fill * 100).toFixed(2)} % of ${budget} a window; ${refused} refused`,
    floor: "≥ 99 %, none refused",
    met: fill >= LEAST_FILL && refused === 0 && whole.length >= Math.min(windows, 3),
    detail: `${whole.length} whole windows: ${whole.join(" ")}; worst ${(worst * 100).toFixed(2)} %`,
    values: { fill, worst, refused, budget, accepted: whole, summary },
  };
}
