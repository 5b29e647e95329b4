/** JSON type of a profile attribute in Okta's user schema. */
export type AttributeType = "string" | "boolean" | "number" | "integer" | "array";

/** One profile attribute as the directory defines it. Absent limits do not apply. */
export interface AttributeSchema {
  readonly name: string;
  readonly type: AttributeType;
  /** Element type of an array; `string` where the schema names none. */
  readonly itemType?: Exclude<AttributeType, "array">;
  readonly required: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly enum?: readonly (string | number)[];
  /** Okta's own format words: `email`, `uri`, `date-time`, `country-code`, `locale`, `timezone`, … */
  readonly format?: string;
  readonly pattern?: string;
  /** Whether it can't be written: its values come from another system. */
  readonly readOnly?: boolean;
  /** Whether no two users may have one value of it. @default false */
  readonly unique?: boolean;
  readonly custom: boolean;
}

/** The attributes that a user of the directory may have. */
export interface DirectorySchema {
  /** `org`: read from the org. `built-in`: Okta's documented base attributes; unknown ones can't be judged. */
  readonly origin: "org" | "built-in";
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  /**
   * What a login must look like: `null` an e-mail address (Okta's default), `.+` anything, else a
   * pattern. @see docs/okta/create-user.md#login
   */
  readonly loginPattern: string | null;
}
