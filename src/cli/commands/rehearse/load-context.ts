import type { Clock } from "../../../core/index.ts";
import type { Children } from "./children.ts";
import type { RehearsalSource } from "./find-source.ts";
import type { HookStandIn } from "./hook-stand-in.ts";
import type { RehearsedLimits } from "./options.ts";
import type { RehearseView } from "./rehearse-view.ts";
import type { Survey } from "./survey-source.ts";

/** What all loads of a rehearsal share. */
export interface LoadContext {
  readonly children: Children;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly view: RehearseView;
  readonly source: RehearsalSource;
  readonly scenario: string;
  readonly survey: Survey;
  /** Records of the source, and the part of them that is rejected. */
  readonly records: number;
  readonly rejected: number;
  readonly limits: RehearsedLimits;
  readonly rateShare: number;
  readonly maxConcurrency: number;
  readonly importFlags: readonly string[];
  /** Of all processes, without an org. */
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  readonly hook: { readonly server: HookStandIn; readonly key: string } | undefined;
  readonly workFolder: string;
}
