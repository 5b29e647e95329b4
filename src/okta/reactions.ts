import { type Failure, type FailureCode, OktaError } from "../core/index.ts";
import type { Answer } from "./answer.ts";
import { type ErrorBody, NO_ERROR_BODY, readErrorBody } from "./error-body.ts";
import type { OrgUrl } from "./org-url.ts";
import { safeProse } from "./safe-prose.ts";
import { addressHint, knownStop, type Stop, type StopContext, unknownStop } from "./stops.ts";

/** What an answer with an error status asks of us. */
export type Reaction =
  /** The login is taken. */
  | { readonly kind: "login-exists"; readonly failure: Failure }
  /** There is no such object. */
  | { readonly kind: "absent"; readonly failure: Failure }
  /** This request is refused, and would be again. */
  | { readonly kind: "refused"; readonly failure: Failure }
  /** Refused for now: to be asked again after each of these pauses, then it counts as refused. */
  | {
      readonly kind: "later";
      readonly pausesMs: readonly number[];
      readonly failure: Failure;
    }
  /** The org did not act on it and takes no writes at present. */
  | { readonly kind: "read-only" }
  /** The org is in trouble, and may have acted on it. */
  | { readonly kind: "down"; readonly failure: Failure }
  /** No request will fare better: the run stops. */
  | { readonly kind: "stop"; readonly error: OktaError };

/** Where an answer came from, for what is said of it. */
export interface AnswerSource extends StopContext {
  /** Method and route template. */
  readonly bucket: string;
  readonly orgUrl: Pick<OrgUrl, "origin" | "variable">;
  /** Password material of the request, masked should the org quote it. */
  readonly secrets: readonly string[];
}

type Refusal = readonly [FailureCode, hint: string];

const RUN_AGAIN = "Run the same command again to resume.";
const FIX_VALUE = "Mend the value in the source, or map the attribute differently.";
const FIX_REQUEST =
  "No mending of the record helps; see whether all records fail so, and report the code.";
const STATUS_HINT = "Look at the user in the Admin Console: its state or source forbids this.";

/** Codes that speak of one record. @see docs/okta/errors.md#codes */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ["E0000002", ["ORG_REQUEST_REFUSED", FIX_REQUEST]],
  ["E0000003", ["ORG_REQUEST_REFUSED", FIX_REQUEST]],
  ["E0000014", ["ORG_OPERATION_REFUSED", STATUS_HINT]],
  ["E0000016", ["ORG_OPERATION_REFUSED", STATUS_HINT]],
  ["E0000017", ["ORG_OPERATION_REFUSED", STATUS_HINT]],
  ["E0000023", ["ORG_OPERATION_REFUSED", STATUS_HINT]],
  ["E0000034", ["ORG_OPERATION_REFUSED", STATUS_HINT]],
  ["E0000036", ["ORG_OPERATION_REFUSED", STATUS_HINT]],
  ["E0000037", ["ORG_VALIDATION", FIX_VALUE]],
  ["E0000038", ["ORG_OPERATION_REFUSED", STATUS_HINT]],
  ["E0000048", ["ORG_NOT_FOUND", "Check the groups and user types that the config names."]],
  [
    "E0000075",
    [
      "ORG_OPERATION_REFUSED",
      "Leave the attribute out of the mapping: the org does not let it be written.",
    ],
  ],
  [
    "E0000077",
    [
      "ORG_OPERATION_REFUSED",
      "Leave the attribute out of the mapping: the org does not let it be written.",
    ],
  ],
  [
    "E0000078",
    [
      "ORG_OPERATION_REFUSED",
      "Leave the attribute out of the mapping: the org does not let it be written.",
    ],
  ],
  ["E0000080", ["ORG_OPERATION_REFUSED", "The password breaks the org's password policy."]],
  ["E0000093", ["ORG_GROUP_LIMIT", "Name at most 20 groups."]],
  ["E0000134", ["ORG_HOOK_FAILED", "Look at the org's inline hooks: one of them answered badly."]],
  ["E0000135", ["ORG_HOOK_FAILED", "Look at the org's inline hooks: one of them refused."]],
  ["E0000137", ["ORG_HOOK_FAILED", "Look at the org's inline hooks: one of them did not answer."]],
  [
    "E0000145",
    ["ORG_CONFLICT", "The profile schema was changed lately; try the record again later."],
  ],
  [
    "E0000179",
    [
      "ORG_VALIDATION",
      "A required attribute comes from another system; change the org's profile schema.",
    ],
  ],
  ["E0000195", ["ORG_CONFLICT", FIX_VALUE]],
]);

/** Conflicts that pass when the org has finished what it is at. @see docs/okta/errors.md#codes */
const PASSING_CONFLICTS: ReadonlySet<string> = new Set(["E0000112", "E0000249", "E0000253"]);
const CONFLICT_PAUSES_MS = [2_000, 5_000, 10_000];
/** Okta at times denies an attribute that exists; asked again a moment later, it is there. */
const UNDEFINED_PAUSES_MS = [1_000];

/** Decides what an answer outside 2xx and 429 asks of us; the one place where that is decided. */
export function reactTo(answer: Answer, from: AnswerSource): Reaction {
  const { status } = answer;
  const body = readErrorBody(answer);
  const refuse = (code: FailureCode, hint: string): Failure => ({
    code,
    reason: reasonOf(status, body, from.secrets),
    hint,
  });
  const stop = (reason: Stop): Reaction => ({
    kind: "stop",
    error: stopError(answer, body, from.bucket, reason),
  });

  if (body.code === "E0000010") return { kind: "read-only" };
  if (body.code === "E0000001") return reactToValidation(body, refuse);
  const known = REFUSALS.get(body.code);
  if (known !== undefined) return { kind: "refused", failure: refuse(...known) };
  const fatal = knownStop(body, from);
  if (fatal !== undefined) return stop(fatal);
  if (PASSING_CONFLICTS.has(body.code)) {
    const failure = refuse(
      "ORG_CONFLICT",
      `The org was still busy with an earlier change. ${RUN_AGAIN}`,
    );
    return { kind: "later", pausesMs: CONFLICT_PAUSES_MS, failure };
  }
  if (body.code === "E0000007") {
    const failure = refuse(
      "ORG_NOT_FOUND",
      "Check the groups and user types that the config names.",
    );
    return { kind: "absent", failure };
  }
  if (status >= 500 || status === 408) {
    return { kind: "down", failure: refuse("ORG_SERVER_ERROR", RUN_AGAIN) };
  }
  if (status >= 300 && status < 400) {
    const host = answer.redirectHost(from.orgUrl.origin);
    return stop({
      code: "ORG_ANSWER_UNEXPECTED",
      message: `The org sent us on to ${host ?? "another place"}; redirects are not followed.`,
      hint: addressHint(from.orgUrl),
    });
  }
  if (body.dialect === "none" && answer.isWebPage()) {
    return { kind: "stop", error: webPageError(answer, from) };
  }
  const unknown = unknownStop(status === 400 && body.dialect === "oauth" ? 401 : status, from);
  if (unknown !== undefined) return stop(unknown);
  if (status === 404 && body.dialect === "none") {
    return stop({
      code: "ORG_ANSWER_UNEXPECTED",
      message: "What answers is not an Okta org.",
      hint: addressHint(from.orgUrl),
    });
  }
  if (status === 409) return { kind: "refused", failure: refuse("ORG_CONFLICT", FIX_VALUE) };
  return { kind: "refused", failure: refuse("ORG_REQUEST_REFUSED", FIX_REQUEST) };
}

/** @see docs/okta/errors.md#already-exists */
function reactToValidation(
  body: ErrorBody,
  refuse: (code: FailureCode, hint: string) => Failure,
): Reaction {
  const causes = body.causes.length > 0 ? body.causes : [body.summary];
  if (causes.some((cause) => /^\s*login\s*:.*already exists/is.test(cause))) {
    const hint = "Another user of the org has this login; mend it in the source.";
    return { kind: "login-exists", failure: refuse("LOGIN_EXISTS", hint) };
  }
  if (
    causes.some((cause) => /property name .* (?:is not|isn't|not|wasn't) defined/is.test(cause))
  ) {
    const failure = refuse(
      "ORG_ATTRIBUTE_UNDEFINED",
      "Add the attribute to the org's user profile, or leave it out of the mapping.",
    );
    return { kind: "later", pausesMs: UNDEFINED_PAUSES_MS, failure };
  }
  if (causes.some((cause) => /already exists|must be unique/i.test(cause))) {
    const hint = "Another user of the org has this value; mend it in the source.";
    return { kind: "refused", failure: refuse("ORG_VALUE_NOT_UNIQUE", hint) };
  }
  if (causes.some((cause) => /^\s*login\s*:.*(?:form of an email|pattern|format)/is.test(cause))) {
    const hint = "Mend the login, or relax the format of Username in the org's profile editor.";
    return { kind: "refused", failure: refuse("ORG_LOGIN_FORMAT", hint) };
  }
  return { kind: "refused", failure: refuse("ORG_VALIDATION", FIX_VALUE) };
}

/** What an answer says of itself, for the report of one record: the org's words made safe, and its code. */
export function reasonOf(status: number, body: ErrorBody, secrets: readonly string[]): string {
  const tag = body.code === "" ? `HTTP ${status}` : `HTTP ${status}, ${body.code}`;
  const words = [body.summary, ...body.causes].filter((text) => text !== "").join("; ");
  return words === "" ? `The org answered ${tag}.` : `${safeProse(words, secrets)} (${tag})`;
}

/** What stops a run when a page for people comes in the place of JSON. */
export function webPageError(
  answer: Answer,
  { bucket, orgUrl }: Pick<AnswerSource, "bucket"> & Pick<StopContext, "orgUrl">,
): OktaError {
  return stopError(answer, NO_ERROR_BODY, bucket, {
    code: "ORG_ANSWER_UNEXPECTED",
    message: "A web page came in the place of the org's answer.",
    hint: `A proxy or sign-in portal may stand in between. ${addressHint(orgUrl)}`,
  });
}

function stopError(answer: Answer, body: ErrorBody, bucket: string, parts: Stop): OktaError {
  const { status, requestId } = answer;
  const tag = body.code === "" ? `HTTP ${status}` : `HTTP ${status}, ${body.code}`;
  return new OktaError({
    ...parts,
    message: `${parts.message} (${bucket}: ${tag})`,
    status,
    ...(body.code === "" ? {} : { errorCode: body.code }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}
