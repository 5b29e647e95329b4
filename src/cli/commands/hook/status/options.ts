import { type Flags, invalid, readRateShare, textOf } from "../programme-flags.ts";

/** The flags of `hook status`, checked. */
export interface HookStatusOptions {
  readonly run: string | undefined;
  readonly names: string | undefined;
  /** The sealed store to wipe; undefined: none is. */
  readonly wipe: string | undefined;
  readonly rateShare: number;
  readonly json: boolean;
}

/**
 * Checks the flags of `hook status`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readStatusOptions(flags: Flags): HookStatusOptions {
  const store = textOf(flags, "store");
  const wipe = flags["wipe"] === true;
  if (wipe && store === undefined) {
    throw invalid("--wipe", "needs the store", "Name it: --store passwords.sealed");
  }
  if (!wipe && store !== undefined) {
    throw invalid("--store", "goes with --wipe", "Give both, or neither.");
  }
  return {
    run: textOf(flags, "run"),
    names: textOf(flags, "names"),
    wipe: store,
    rateShare: readRateShare(flags),
    json: flags["json"] === true,
  };
}
