import type { PasswordMaterial, SourceValue } from "../../core/index.ts";

/** Stored password material that is there: its text without surrounding space, or an object. */
export type StoredValue = string | StoredObject;

/** An object as a JSON source holds it. */
export type StoredObject = Readonly<Record<string, SourceValue>>;

/** A way in which systems write down password hashes, and Okta can take them. */
export interface StoredFormat<Name extends string = string> {
  /** As `migration.yaml` names it. */
  readonly name: Name;
  /** As people call it. */
  readonly title: string;
  /** Whether the value is meant to be of this format, sound or not. */
  recognises(value: StoredValue): boolean;
  /** Never `none`: what is no sound hash of this format is unusable. */
  read(value: StoredValue): PasswordMaterial;
}

/** Whether a source's value is an object. */
export function isStoredObject(value: SourceValue | undefined): value is StoredObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
