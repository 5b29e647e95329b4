/** What is known of a token that somebody gave, for what is said when the org refuses it. */
export interface GivenToken {
  /** `bearer`: an OAuth access token. `ssws`: an API token of an administrator. */
  readonly kind: "bearer" | "ssws";
  /** The variable that it came from. */
  readonly variable: string;
  /** Whether the org took it before, in this process. */
  readonly hasWorked: boolean;
}
