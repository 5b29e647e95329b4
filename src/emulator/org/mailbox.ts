/** Why Okta sends a mail. */
export type MailKind = "activation" | "reset-password" | "deactivation";

/** A mail that Okta would have sent; the link in it is not kept. */
export interface Mail {
  readonly kind: MailKind;
  /** One address. */
  readonly to: string;
  /** Id of the user whom it is about. */
  readonly userId: string;
  /** Milliseconds since the org's start. */
  readonly at: number;
}

const KEPT = 10_000;

/** Mails that nobody gets: all are counted, the newest are kept. */
export class Mailbox {
  #sent = 0;
  readonly #newest: Mail[] = [];

  /** How many were sent in all. */
  get sent(): number {
    return this.#sent;
  }

  /** The newest, oldest first. */
  get newest(): readonly Mail[] {
    return this.#newest;
  }

  /** Sends one. */
  send(mail: Mail): void {
    this.#sent += 1;
    this.#newest.push(mail);
    if (this.#newest.length > KEPT) this.#newest.shift();
  }
}
