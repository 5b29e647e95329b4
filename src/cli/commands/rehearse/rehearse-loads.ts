import type { RehearsedLoad } from "../../../reports/index.ts";
import type { PlannedLoad } from "./plan-loads.ts";
import type { LoadContext } from "./load-context.ts";
import { rehearseLoad } from "./rehearse-load.ts";
import type { ImportEnd } from "./run-import.ts";

/** The loads that were done, and what stopped them. */
export interface DoneLoads {
  readonly loads: readonly RehearsedLoad[];
  readonly failedCauses: ImportEnd["causes"];
  readonly stopped: { readonly load: string; readonly end: ImportEnd } | undefined;
}

/** Goes from small to large, and no further once a proof failed. */
export async function rehearseLoads(
  planned: readonly PlannedLoad[],
  context: LoadContext,
): Promise<DoneLoads | "interrupted"> {
  const loads: RehearsedLoad[] = [];
  let failedCauses: ImportEnd["causes"] = [];
  for (const load of planned) {
    const ended = await rehearseLoad(context, load, loads.at(-1));
    if (ended.kind === "interrupted") return "interrupted";
    if (ended.kind === "stopped") {
      return { loads, failedCauses, stopped: { load: load.name, end: ended.end } };
    }
    loads.push(ended.load);
    failedCauses = ended.causes;
    if (ended.load.proofs.some(({ verdict }) => verdict === "failed")) break;
  }
  return { loads, failedCauses, stopped: undefined };
}
