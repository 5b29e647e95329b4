import type { Issue, Secret, SourceValue } from "../../core/index.ts";
import type { ByteEncoding, Computation } from "./computation.ts";
import type { OktaReading } from "./okta-reading.ts";

/** Stored password material that is there: its text without surrounding space, or an object. */
export type StoredValue = string | StoredObject;

/** An object as a JSON source holds it. */
export type StoredObject = Readonly<Record<string, SourceValue>>;

/** Where a salt stands beside the password. */
export type SaltOrder = "prefix" | "postfix";

/** How a salt's column writes its bytes. */
export type SaltEncoding = "text" | ByteEncoding;

/**
 * What belongs to a hash and stands outside of it: in other columns of the record, or in the config
 * for all of them. What is undefined is not known, and may be what makes a hash ambiguous.
 */
export interface Beside {
  readonly salt?: SourceValue;
  readonly saltOrder?: SaltOrder;
  readonly saltEncoding?: SaltEncoding;
  /** How a bare digest is written. Undefined: as its characters and its length tell. */
  readonly encoding?: ByteEncoding;
  /** Bcrypt's work factor, or rounds. */
  readonly rounds?: SourceValue;
  /** A secret of the system's own, as bytes, and where it stands. */
  readonly pepper?: Pepper;
  /** Further parameters by name, as the vendor names them, such as Firebase's. */
  readonly params?: StoredObject;
  /** How the password was turned into bytes. @default "utf8" */
  readonly passwordEncoding?: "utf8" | "utf16le";
  /** What was found out of the org. */
  readonly okta?: OktaReading;
}

/** A secret that the system adds to every password. */
export interface Pepper {
  readonly bytes: Secret<Uint8Array>;
  /** Beside the password, or beside the salt; a salt's pepper stands on the salt's outer or inner side. */
  readonly place: PepperPlace;
}

/** Where a pepper stands. */
export type PepperPlace = "password-prefix" | "password-postfix" | "salt-prefix" | "salt-postfix";

/** A way in which systems write down password hashes. */
export interface StoredFormat<Name extends string = string> {
  /** As `migration.yaml` and reports name it. Permanent once released. */
  readonly name: Name;
  /** As people call it. */
  readonly title: string;
  /** Systems and libraries that write it. */
  readonly writtenBy: string;
  /** What it looks like, its material replaced by names in angle brackets. */
  readonly looksLike: string;
  /** Why Okta never takes it; completes "Okta can't take it: …". */
  readonly notCarried?: string;
  /** When Okta can't take it, for a format that it takes else; completes "all but …". */
  readonly carriedExcept?: string;
  /** Whether nothing but length and characters tells it, so that other bare formats may fit as well. */
  readonly isBare?: boolean;
  /** Whether `auto` never takes it, since its shape is that of a likelier one: the config must name it. */
  readonly isNamedOnly?: boolean;
  /** Whether the value is meant to be of this format, sound or not, by its shape alone. */
  recognises(value: StoredValue, beside: Beside): boolean;
  /**
   * Reads a value of this format. Never throws, and never takes a damaged value for a sound one.
   *
   * @returns every computation that the value can stand for: more than one where the record does
   *   not say which. A fault where it stands for none
   */
  read(value: StoredValue, beside: Beside): readonly ReadComputation[] | Fault;
  /** The text of a computation, for formats that have one text each; the inverse of `read`. */
  write?(computation: Computation): string | undefined;
}

/** One computation that a value can stand for. */
export interface ReadComputation {
  readonly computation: Computation;
  /** What it presumes where the record leaves it open: settings as `migration.yaml` names them. */
  readonly presumes?: Presumption;
}

/** Settings of `password:` in `migration.yaml` that would single one reading out. */
export interface Presumption {
  readonly saltOrder?: SaltOrder;
  readonly saltEncoding?: SaltEncoding;
  readonly encoding?: ByteEncoding;
  readonly rounds?: number;
  readonly passwordEncoding?: "utf16le";
  readonly pepperPlace?: PepperPlace;
}

/** Why a value is no hash that anything can be done with. */
export interface Fault {
  readonly fault: Issue;
}

/** Whether reading found a fault. */
export function isFault<T>(read: T | Fault): read is Fault {
  return typeof read === "object" && read !== null && "fault" in read;
}

/** Whether a source's value is an object. */
export function isStoredObject(value: SourceValue | undefined): value is StoredObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
