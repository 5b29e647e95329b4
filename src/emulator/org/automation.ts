/** An application that everybody is assigned. It is only listed. */
export interface EmulatedApplication {
  readonly label: string;
  /** Whether it makes accounts for new users. */
  readonly provisions: boolean;
}

/** What the org would do by itself for new users, as far as it can be asked for it. */
export interface Automation {
  /** Assigned to the built-in group. */
  readonly everyoneApps: readonly EmulatedApplication[];
}

/** Nothing. */
export const NO_AUTOMATION: Automation = { everyoneApps: [] };
