import { randomText } from "../org/ids.ts";
import { type App, type AppChange, type AppSetup, completeApp, NATIVE_APP } from "./app.ts";
import { type AccessSettings } from "./access-settings.ts";
import { BrowserSignIns } from "./browser-sign-ins.ts";
import { ClientAuthentication } from "./client-authentication.ts";
import { DeviceSignIns } from "./device-sign-ins.ts";
import { DpopProofs } from "./dpop-proofs.ts";
import { Nonces } from "./nonces.ts";
import { SigningKey } from "./signing-key.ts";
import { Tokens } from "./tokens.ts";

/** What an access server is made of. */
export interface AccessParts {
  /** Milliseconds since 1970 by the org's clock. */
  readonly now: () => number;
  readonly random: () => number;
  readonly settings: () => AccessSettings;
  readonly apps: readonly AppSetup[];
}

/** All that the org knows of apps, people and tokens. It outlives a reset of the org. */
export class AccessServer {
  readonly tokens = new Tokens();
  readonly nonces: Nonces;
  readonly proofs = new DpopProofs();
  readonly devices: DeviceSignIns;
  readonly browsers: BrowserSignIns;
  readonly clients = new ClientAuthentication((clientId) => this.appOf(clientId));
  readonly signingKey = new SigningKey();
  readonly #parts: AccessParts;
  readonly #apps = new Map<string, App>([[NATIVE_APP.clientId, NATIVE_APP]]);

  constructor(parts: AccessParts) {
    this.#parts = parts;
    this.nonces = new Nonces(parts.random);
    this.devices = new DeviceSignIns(parts.random);
    this.browsers = new BrowserSignIns(parts.random);
    for (const setup of parts.apps) this.#apps.set(setup.clientId, completeApp(setup));
  }

  get settings(): AccessSettings {
    return this.#parts.settings();
  }

  /** Milliseconds since 1970 by the org's clock. */
  now(): number {
    return this.#parts.now();
  }

  /** A text that nobody can guess from another one, as far as a rehearsal goes. */
  secret(length: number): string {
    return randomText(length, this.#parts.random);
  }

  /** The apps there are. */
  apps(): readonly App[] {
    return [...this.#apps.values()];
  }

  appOf(clientId: string): App | undefined {
    return this.#apps.get(clientId);
  }

  /** Changes an app from now on; undefined when there is none of that id. */
  changeApp(clientId: string, change: AppChange): App | undefined {
    const app = this.#apps.get(clientId);
    if (app === undefined) return undefined;
    const changed = { ...app, ...change };
    this.#apps.set(clientId, changed);
    return changed;
  }
}
