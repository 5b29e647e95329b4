import { readdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { type Clock, ConfigError, Secret } from "../../core/index.ts";
import {
  type KeptSignIn,
  parseOrgUrl,
  readSignIn,
  type SignInStore,
  writeSignIn,
} from "../../okta/index.ts";
import {
  isAbsence,
  type Keychain,
  makePrivateFolder,
  openKeychain,
  readPrivateFile,
  replacePrivateFile,
  systemClock,
  tryPrivateFile,
  withLockFile,
} from "../../platform/index.ts";
import { type Environment, isSet } from "../environment.ts";

/** Where a sign-in is kept. */
export interface SignInPlace {
  readonly kind: "keychain" | "file";
  /** For people. */
  readonly description: string;
}

/** A sign-in and where it was found. */
export interface FoundSignIn {
  readonly signIn: KeptSignIn;
  readonly kind: SignInPlace["kind"];
}

/** What the keeping of sign-ins depends on. */
export interface KeptSignInsOptions {
  readonly environment: Environment;
  /** @default the machine's own */
  readonly clock?: Clock;
  /** @default the operating system's own */
  readonly keychain?: (service: string) => Promise<Keychain>;
}

const STORE_VARIABLE = "OKTA_MIGRATE_TOKEN_STORE";
const SERVICE = "okta-migrate";
const FILE_NAME = /^sign-in-(.+)\.json$/;
/** Stands in the file of a sign-in that is in the keychain: nobody else is made to open that. */
const IN_KEYCHAIN = '{"keptIn":"keychain"}';
/** A renewal takes seconds; longer than this nobody waits for another process's. */
const PATIENCE_MS = 30_000;
/** More than a sign-in takes. */
const TRIAL_BYTES = 64 * 1024;

/**
 * The sign-ins that `login` made on this machine, one for each org: in the keychain, or where there is
 * none that works in a file that only its owner can read.
 */
export class KeptSignIns {
  readonly folder: string;
  readonly #wanted: "keychain" | "file" | "either";
  readonly #clock: Clock;
  readonly #openKeychain: (service: string) => Promise<Keychain>;

  /** @throws {ConfigError} OPTION_INVALID when OKTA_MIGRATE_TOKEN_STORE names no place */
  constructor({ environment, clock = systemClock, keychain = openKeychain }: KeptSignInsOptions) {
    this.folder = join(configFolder(environment), "okta-migrate");
    this.#wanted = readWanted(environment[STORE_VARIABLE]);
    this.#clock = clock;
    this.#openKeychain = keychain;
  }

  /**
   * The orgs that somebody is signed in to, sorted.
   *
   * @throws {ConfigError} SIGN_IN_UNREADABLE when the folder is there and can't be read
   */
  async origins(): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (isAbsence(error)) return [];
      throw unreadable(`${this.folder} can't be read`, error);
    });
    return names.flatMap((name) => originOf(name) ?? []).toSorted();
  }

  /**
   * The sign-in to an org; undefined where there is none.
   *
   * @throws {ConfigError} SIGN_IN_EXPOSED when others can read it; SIGN_IN_UNREADABLE
   */
  async find(origin: string): Promise<FoundSignIn | undefined> {
    return this.#find(origin, "refuse");
  }

  /** The same, to be ended: also one that others can read. Undefined where it can't be read at all. */
  async findEvenIfExposed(origin: string): Promise<KeptSignIn | undefined> {
    const found = await this.#find(origin, "read").catch(() => undefined);
    return found?.signIn;
  }

  /**
   * Finds out whether a sign-in to an org could be kept. What is kept stays as it is.
   *
   * @throws {ConfigError} SIGN_IN_UNWRITABLE
   */
  async tryOut(origin: string): Promise<void> {
    if (this.#wanted === "keychain") await this.#tryKeychain(`${origin} (trial)`);
    const path = this.#pathOf(origin);
    try {
      await makePrivateFolder(this.folder, () => true);
      await tryPrivateFile(path, TRIAL_BYTES);
    } catch (error) {
      throw unwritable(`${path} can't be written`, error);
    }
  }

  /**
   * Keeps a sign-in, in the place of the one before.
   *
   * @throws {ConfigError} SIGN_IN_UNWRITABLE
   */
  async keep(
    signIn: KeptSignIn,
    where: "keychain" | "file" | "either" = this.#wanted,
  ): Promise<SignInPlace> {
    const path = this.#pathOf(signIn.origin);
    const text = writeSignIn(signIn);
    const isInKeychain =
      where !== "file" && (await this.#writeKeychain(signIn.origin, text, where));
    try {
      if (!isInKeychain) await this.#clearKeychain(path, signIn.origin);
      await makePrivateFolder(this.folder, () => true);
      await replacePrivateFile(path, isInKeychain ? IN_KEYCHAIN : text.reveal());
    } catch (error) {
      throw unwritable(`${path} can't be written`, error);
    }
    if (isInKeychain) return { kind: "keychain", description: "in this system's keychain" };
    const why = where === "either" ? ", since no keychain can be used here" : "";
    return { kind: "file", description: `in ${path}, which only you can read${why}` };
  }

  /**
   * Keeps a sign-in while no other process does.
   *
   * @returns also the one that was there by then, which is to be ended: another process may have renewed
   *   it, and others may have read it
   * @throws {ConfigError} SIGN_IN_UNWRITABLE
   */
  replace(
    signIn: KeptSignIn,
  ): Promise<{ readonly place: SignInPlace; readonly before: KeptSignIn | undefined }> {
    return this.exclusively(signIn.origin, async () => {
      const before = await this.findEvenIfExposed(signIn.origin);
      return { place: await this.keep(signIn), before };
    });
  }

  /** Forgets the sign-in to an org, whatever state it is in. */
  async forget(origin: string): Promise<void> {
    const path = this.#pathOf(origin);
    await this.#clearKeychain(path, origin);
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw unwritable(`${path} can't be deleted`, error);
    }
  }

  /** Does something while no other process changes the sign-in to an org. */
  async exclusively<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const lock = { clock: this.#clock, patienceMs: PATIENCE_MS };
    return withLockFile(`${this.#pathOf(origin)}.lock`, lock, work);
  }

  /** The sign-in to one org, for who uses it: it is renewed where it was found. */
  storeOf(origin: string): SignInStore {
    let kind: SignInPlace["kind"] = "file";
    return {
      read: async () => {
        const found = await this.find(origin);
        kind = found?.kind ?? kind;
        return found?.signIn;
      },
      write: async (signIn) => {
        await this.keep(signIn, kind);
      },
      exclusively: (work) => this.exclusively(origin, work),
    };
  }

  async #find(origin: string, ifExposed: "refuse" | "read"): Promise<FoundSignIn | undefined> {
    const path = this.#pathOf(origin);
    const found = await readPrivateFile(path).catch((error: unknown) => {
      throw unreadable(`${path} can't be read`, error);
    });
    if (found.kind === "absent") return undefined;
    if (found.kind === "exposed" && ifExposed === "refuse") throw exposed(path);
    const isInKeychain = isMark(found.text);
    const text = isInKeychain ? await this.#readKeychain(origin) : found.text;
    if (text === undefined) return undefined;
    const signIn = readSignIn(text);
    // One of another org would send its token there.
    if (signIn?.origin !== origin) throw unreadable(`the sign-in to ${origin} is damaged`);
    return { signIn, kind: isInKeychain ? "keychain" : "file" };
  }

  #pathOf(origin: string): string {
    return join(this.folder, `sign-in-${encodeURIComponent(origin)}.json`);
  }

  async #readKeychain(origin: string): Promise<Secret | undefined> {
    if (this.#wanted === "file") {
      throw unreadable(`it is in the keychain, and ${STORE_VARIABLE} says file`);
    }
    try {
      const keychain = await this.#openKeychain(SERVICE);
      return await keychain.read(origin);
    } catch (error) {
      throw unreadable("the keychain does not give it", error);
    }
  }

  /** Takes a sign-in out of the keychain, where its file says that it is there. */
  async #clearKeychain(path: string, origin: string): Promise<void> {
    const found = await readPrivateFile(path).catch(() => undefined);
    if (found !== undefined && found.kind !== "absent" && isMark(found.text)) {
      const keychain = await this.#openKeychain(SERVICE).catch(() => undefined);
      await keychain?.remove(origin).catch(() => undefined);
    }
  }

  async #tryKeychain(account: string): Promise<void> {
    try {
      const keychain = await this.#openKeychain(SERVICE);
      await keychain.write(account, new Secret("trial"));
      await keychain.remove(account);
    } catch (error) {
      throw unwritable("the keychain does not take it", error);
    }
  }

  async #writeKeychain(
    origin: string,
    text: Secret,
    where: "keychain" | "either",
  ): Promise<boolean> {
    try {
      const keychain = await this.#openKeychain(SERVICE);
      await keychain.write(origin, text);
      return true;
    } catch (error) {
      if (where === "either") return false;
      throw unwritable("the keychain does not take it", error);
    }
  }
}

function isMark(text: Secret): boolean {
  return text.reveal().trim() === IN_KEYCHAIN;
}

function originOf(name: string): string | undefined {
  try {
    return parseOrgUrl(decodeURIComponent(FILE_NAME.exec(name)?.[1] ?? "")).origin;
  } catch {
    return undefined;
  }
}

/** @see <https://specifications.freedesktop.org/basedir-spec/latest/> */
function configFolder(environment: Environment): string {
  const { XDG_CONFIG_HOME: given, HOME: home } = environment;
  if (isSet(given) && isAbsolute(given)) return given;
  return join(isSet(home) ? home : homedir(), ".config");
}

function readWanted(text: string | undefined): "keychain" | "file" | "either" {
  if (!isSet(text)) return "either";
  const wanted = text.trim().toLowerCase();
  if (wanted === "keychain" || wanted === "file") return wanted;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: STORE_VARIABLE,
    message: `${STORE_VARIABLE} names no place for a sign-in.`,
    hint: "Set it to keychain or file, or unset it: then the keychain is used where one works.",
  });
}

function exposed(path: string): ConfigError {
  return new ConfigError({
    code: "SIGN_IN_EXPOSED",
    at: path,
    message: `${path} holds the tokens of a sign-in, and others on this machine can read it.`,
    hint: "Somebody may have them: run okta-migrate logout, which ends them, and then okta-migrate login.",
  });
}

function unreadable(what: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "SIGN_IN_UNREADABLE",
    message: `The sign-in of okta-migrate login can't be read: ${what}.`,
    hint: "Run okta-migrate login again, or give a credential by a variable such as OKTA_API_TOKEN.",
    ...(cause === undefined ? {} : { cause }),
  });
}

function unwritable(what: string, cause: unknown): ConfigError {
  return new ConfigError({
    code: "SIGN_IN_UNWRITABLE",
    message: `The sign-in can't be kept: ${what}.`,
    hint: `See that the folder is yours and that the disk is not full; XDG_CONFIG_HOME names another one. With ${STORE_VARIABLE}=file no keychain is used.`,
    cause,
  });
}
