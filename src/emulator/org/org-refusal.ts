const NO_HEADERS: readonly string[] = [];

/** Why the org does not do what a call asks: becomes an answer with Okta's error object. */
export class OrgRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly causes: readonly string[];
  /** Further header lines of the answer: name, value, name, value, … */
  readonly headers: readonly string[] = NO_HEADERS;

  constructor(status: number, code: string, summary: string, causes: readonly string[] = []) {
    super(summary);
    this.status = status;
    this.code = code;
    this.causes = causes;
  }
}

/** 400 `E0000001`. @see docs/okta/errors.md#codes */
export function validationFailed(about: string, ...causes: string[]): OrgRefusal {
  return new OrgRefusal(400, "E0000001", `Api validation failed: ${about}`, causes);
}

/** 400 `E0000001` with the cause that Okta gives for a value that is taken. @see docs/okta/errors.md#already-exists */
export function alreadyExists(attribute: string): OrgRefusal {
  return validationFailed(
    attribute,
    `${attribute}: An object with this field already exists in the current organization`,
  );
}

/** 400 `E0000003`: no JSON, or a JSON type or an enum value where it can't be. */
export function malformedBody(): OrgRefusal {
  return new OrgRefusal(400, "E0000003", "The request body was not well-formed.");
}

/** 404 `E0000007`. */
export function notFound(what: string, kind: string): OrgRefusal {
  const summary = `Not found: Resource not found: ${what} (${kind})`;
  return new OrgRefusal(404, "E0000007", summary);
}

/** 409 `E0000112`: its activation goes on. @see docs/okta/create-user.md#activation */
export function stillActivating(): OrgRefusal {
  const summary = "The user is still being activated. Try again in a few minutes.";
  return new OrgRefusal(409, "E0000112", summary);
}

/** 403 `E0000038`: not in the status that the user is in. */
export function wrongStatus(): OrgRefusal {
  const summary = "This operation is not allowed in the user's current status.";
  return new OrgRefusal(403, "E0000038", summary);
}
