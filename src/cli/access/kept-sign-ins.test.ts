import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { Secret } from "../../core/index.ts";
import type { KeptSignIn } from "../../okta/index.ts";
import type { Keychain } from "../../platform/index.ts";
import { KeptSignIns } from "./kept-sign-ins.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "okta-migrate-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const ORIGIN = "https://example.okta.com";
const SIGN_IN: KeptSignIn = {
  origin: ORIGIN,
  clientId: "0oaNative",
  login: "zoë@example.com",
  scopes: ["okta.users.read"],
  accessToken: new Secret("an-access-token"),
  scheme: "Bearer",
  endsAtMs: 1_800_000_000_000,
  refreshToken: new Secret("a-refresh-token"),
  key: undefined,
};

/** A keychain in memory. */
class PretendKeychain implements Keychain {
  readonly secrets = new Map<string, string>();
  asked = 0;
  isBroken = false;

  readonly open = (): Promise<Keychain> => {
    this.asked += 1;
    return this.isBroken ? Promise.reject(new Error("no D-Bus")) : Promise.resolve(this);
  };

  read(account: string): Promise<Secret | undefined> {
    const text = this.secrets.get(account);
    return Promise.resolve(text === undefined ? undefined : new Secret(text));
  }

  write(account: string, secret: Secret): Promise<void> {
    this.secrets.set(account, secret.reveal());
    return Promise.resolve();
  }

  remove(account: string): Promise<boolean> {
    return Promise.resolve(this.secrets.delete(account));
  }
}

function desk(store?: string) {
  const keychain = new PretendKeychain();
  const environment = {
    XDG_CONFIG_HOME: mkdtempSync(join(FOLDER, "config-")),
    OKTA_MIGRATE_TOKEN_STORE: store,
  };
  const kept = new KeptSignIns({ environment, keychain: keychain.open });
  const inFiles = (): string =>
    readdirSync(kept.folder)
      .map((name) => readFileSync(join(kept.folder, name), "utf8"))
      .join();
  return { keychain, kept, inFiles, environment };
}

describe("a sign-in", () => {
  it("is kept in the keychain, and nothing of it in a file", async () => {
    const { keychain, kept, inFiles } = desk();
    expect((await kept.keep(SIGN_IN)).kind).toBe("keychain");
    expect(inFiles()).not.toContain("token");
    expect(await kept.origins()).toEqual([ORIGIN]);
    const found = await kept.find(ORIGIN);
    expect(found).toMatchObject({ kind: "keychain", signIn: { login: "zoë@example.com" } });
    expect(found?.signIn.refreshToken?.reveal()).toBe("a-refresh-token");
    await kept.forget(ORIGIN);
    expect([...keychain.secrets, ...readdirSync(kept.folder)]).toEqual([]);
  });

  it("is kept in a private file where no keychain works, which is said", async () => {
    const { keychain, kept } = desk();
    keychain.isBroken = true;
    const place = await kept.keep(SIGN_IN);
    expect(place).toMatchObject({
      kind: "file",
      description: expect.stringContaining("no keychain can be used"),
    });
    const [name = ""] = readdirSync(kept.folder);
    expect(statSync(join(kept.folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(kept.folder).mode & 0o777).toBe(0o700);
    expect((await kept.find(ORIGIN))?.signIn.accessToken.reveal()).toBe("an-access-token");
  });

  it("that is in a file makes nobody open a keychain", async () => {
    const { keychain, kept } = desk("file");
    await kept.keep(SIGN_IN);
    await kept.find(ORIGIN);
    await kept.storeOf(ORIGIN).write(SIGN_IN);
    await kept.forget(ORIGIN);
    expect(keychain.asked).toBe(0);
    expect(await kept.find(ORIGIN)).toBeUndefined();
  });

  it("is not kept where only the keychain will do and none works", async () => {
    const { keychain, kept } = desk("keychain");
    keychain.isBroken = true;
    await expect(kept.keep(SIGN_IN)).rejects.toMatchObject({ code: "SIGN_IN_UNWRITABLE" });
    expect(await kept.origins()).toEqual([]);
  });

  it("is renewed in the place where it was found", async () => {
    const { keychain, kept, inFiles } = desk();
    await kept.keep(SIGN_IN);
    const store = kept.storeOf(ORIGIN);
    await store.read();
    await store.write({ ...SIGN_IN, refreshToken: new Secret("the-next-one") });
    expect([...keychain.secrets.values()].join()).toContain("the-next-one");
    expect(inFiles()).not.toContain("the-next-one");
  });

  it("leaves nothing in the keychain when it moves to a file", async () => {
    const { keychain, kept } = desk();
    await kept.keep(SIGN_IN);
    await kept.keep(SIGN_IN, "file");
    expect([...keychain.secrets]).toEqual([]);
    expect((await kept.find(ORIGIN))?.kind).toBe("file");
  });

  it("in a keychain that does not give it is told as unreadable, and can be forgotten", async () => {
    const { keychain, kept } = desk();
    await kept.keep(SIGN_IN);
    keychain.isBroken = true;
    await expect(kept.find(ORIGIN)).rejects.toMatchObject({ code: "SIGN_IN_UNREADABLE" });
    expect(await kept.findEvenIfExposed(ORIGIN)).toBeUndefined();
    await kept.forget(ORIGIN);
    expect(await kept.origins()).toEqual([]);
  });

  it("shows no token, however it is looked at", async () => {
    const { kept } = desk("file");
    await kept.keep(SIGN_IN);
    const found = await kept.find(ORIGIN);
    const shown = inspect([found, kept], { depth: 20, showHidden: true }) + JSON.stringify(found);
    expect(shown).not.toContain('-token"');
    expect(shown).not.toContain("an-access");
    expect(shown).not.toContain("a-refresh");
  });

  it("that another takes the place of is given back as it is by then, to be ended", async () => {
    const { kept } = desk("file");
    await kept.keep(SIGN_IN);
    await kept.storeOf(ORIGIN).write({ ...SIGN_IN, refreshToken: new Secret("renewed") });
    const { before } = await kept.replace({ ...SIGN_IN, refreshToken: new Secret("new") });
    expect(before?.refreshToken?.reveal()).toBe("renewed");
    expect((await kept.find(ORIGIN))?.signIn.refreshToken?.reveal()).toBe("new");
  });

  it("that others can read is given back when another takes its place: they may have it", async () => {
    const { kept } = desk("file");
    await kept.keep(SIGN_IN);
    for (const name of readdirSync(kept.folder)) chmodSync(join(kept.folder, name), 0o644);
    await expect(kept.find(ORIGIN)).rejects.toMatchObject({ code: "SIGN_IN_EXPOSED" });
    const { before } = await kept.replace(SIGN_IN);
    expect(before?.refreshToken?.reveal()).toBe("a-refresh-token");
  });

  it("is absent where the folder of configuration is none", async () => {
    const XDG_CONFIG_HOME = join(mkdtempSync(join(FOLDER, "config-")), "file");
    writeFileSync(XDG_CONFIG_HOME, "");
    const kept = new KeptSignIns({ environment: { XDG_CONFIG_HOME } });
    expect(await kept.find(ORIGIN)).toBeUndefined();
    expect(await kept.origins()).toEqual([]);
  });

  it("in a folder that can't be read is not taken for none", async () => {
    const { kept } = desk("file");
    symlinkSync(kept.folder, kept.folder);
    await expect(kept.origins()).rejects.toMatchObject({ code: "SIGN_IN_UNREADABLE" });
  });

  it("is known to be keepable before there is one, and nothing is left of the trial", async () => {
    const { keychain, kept } = desk();
    await kept.tryOut(ORIGIN);
    expect([readdirSync(kept.folder), keychain.asked]).toEqual([[], 0]);
    await kept.keep(SIGN_IN);
    await kept.tryOut(ORIGIN);
    expect(readdirSync(kept.folder)).toHaveLength(1);
    expect((await kept.find(ORIGIN))?.signIn.accessToken.reveal()).toBe("an-access-token");
  });

  it.each([
    ["is a file", (folder: string) => writeFileSync(folder, "")],
    ["can't be entered", (folder: string) => symlinkSync(folder, folder)],
  ])("is known beforehand not to be kept where the folder %s", async (_what, spoil) => {
    const { kept } = desk("file");
    spoil(kept.folder);
    await expect(kept.tryOut(ORIGIN)).rejects.toMatchObject({ code: "SIGN_IN_UNWRITABLE" });
  });

  it("is known beforehand not to be kept where its own place is taken", async () => {
    const { kept } = desk("file");
    await kept.keep(SIGN_IN);
    const [name = ""] = readdirSync(kept.folder);
    rmSync(join(kept.folder, name));
    mkdirSync(join(kept.folder, name));
    await expect(kept.tryOut(ORIGIN)).rejects.toMatchObject({ code: "SIGN_IN_UNWRITABLE" });
  });

  it("is known beforehand not to be kept where only the keychain will do and none works", async () => {
    const { keychain, kept } = desk("keychain");
    await kept.tryOut(ORIGIN);
    expect([...keychain.secrets]).toEqual([]);
    keychain.isBroken = true;
    await expect(kept.tryOut(ORIGIN)).rejects.toMatchObject({ code: "SIGN_IN_UNWRITABLE" });
  });

  it("is kept in no place that nobody knows", () => {
    expect(() => desk("drawer")).toThrow("OKTA_MIGRATE_TOKEN_STORE names no place");
  });
});

describe("two processes", () => {
  it("change a sign-in one after the other", async () => {
    const { kept, environment } = desk("file");
    await kept.keep(SIGN_IN);
    const other = new KeptSignIns({ environment });
    const order: string[] = [];
    let finish = (): void => undefined;
    const first = kept.exclusively(ORIGIN, async () => {
      order.push("first begins");
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      order.push("first ends");
    });
    await expect.poll(() => order.length).toBe(1);
    const second = other.exclusively(ORIGIN, () => Promise.resolve(order.push("second")));
    finish();
    await Promise.all([first, second]);
    expect(order).toEqual(["first begins", "first ends", "second"]);
    expect(readdirSync(kept.folder)).toHaveLength(1);
  });
});
