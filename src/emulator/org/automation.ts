/** A rule that puts users into groups. Nothing here ever does so: it is only listed. */
export interface EmulatedRule {
  readonly name: string;
  readonly active: boolean;
}

/** An application that everybody is assigned. It is only listed. */
export interface EmulatedApplication {
  readonly label: string;
  /** Whether it makes accounts for new users. */
  readonly provisions: boolean;
}

/** What the org would do by itself for new users, as far as it can be asked for it. */
export interface Automation {
  readonly groupRules: readonly EmulatedRule[];
  /** Assigned to the built-in group. */
  readonly everyoneApps: readonly EmulatedApplication[];
}

/** Nothing. */
export const NO_AUTOMATION: Automation = { groupRules: [], everyoneApps: [] };
