/** A value as a cleaning rule sees it: one element, where an attribute holds a list. */
export type CleanableValue = string | number | boolean;

/** What a cleaning rule did to one value, or that it could not. */
export interface ValueChange {
  readonly attribute: string;
  /** The rule as the config names it, such as `trim` or `phone DE`. */
  readonly rule: string;
  /** `lossy`: something was lost; `unread`: the rule can't read the value, which stays as it was. */
  readonly kind: "changed" | "lossy" | "unread";
  readonly before: CleanableValue;
  /** Undefined where nothing is left, and where the value was not read. */
  readonly after: CleanableValue | undefined;
  /** Whether the value may be shown; never where its column may hold a secret. */
  readonly isShowable: boolean;
}

/** How many values a cleaning rule met. */
export interface CleanedCount {
  readonly attribute: string;
  readonly rule: string;
  /** Values that it changed, the lossy ones included. */
  readonly changed: number;
  /** Those of them of which something was lost. */
  readonly lossy: number;
  /** Values that it could not read. */
  readonly unread: number;
}
