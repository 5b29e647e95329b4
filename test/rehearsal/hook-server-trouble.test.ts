import { describe, expect, it } from "vitest";
import type { ServerStore } from "../../src/hook/index.ts";
import { findPostgresql } from "../support/database-servers.ts";
import { find, hashesOf, StoreCorner } from "../support/server-store.ts";
import { layWire } from "../support/wire.ts";

const found = await findPostgresql();
const because = "missing" in found ? ` (skipped: ${found.missing})` : "";
const corner = new StoreCorner(found);

const BCRYPT = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const SSHA = "{SSHA}bHz/wGzsy7BgCzWNQvsQnn0FUlFzYWx0";

describe.skipIf("missing" in found)(`a sealed store on a server${because}`, () => {
  it("that is gone, cut off, or sealed under another key can't be told, and is never unknown", async () => {
    await corner.seal({ "ada@example.com": BCRYPT });
    const wire = await layWire(corner.port);
    const told: string[] = [];
    const store = await corner.serve(told, wire);
    const asked = ["ada@example.com", "nobody@example.com"];
    expect(await find(store, ...asked)).toEqual(["bcrypt 5", "unknown"]);
    wire.cut();
    expect(await find(store, ...asked)).toEqual(["unreadable", "unreadable"]);
    wire.mend();
    expect(await find(store, ...asked)).toEqual(["bcrypt 5", "unknown"]);
    await corner.run(`UPDATE ${corner.schema}.sealed_store SET edition = '\\x00', salt = '\\x01'`);
    expect(await find(store, ...asked)).toEqual(["unreadable", "unreadable"]);
    expect(told).toEqual(["not reloaded"]);
    await corner.run(`DELETE FROM ${corner.schema}.sealed_store`);
    expect(await find(store, "nobody@example.com")).toEqual(["unreadable"]);
    await corner.run(`DROP SCHEMA ${corner.schema} CASCADE`);
    expect(await find(store, "nobody@example.com")).toEqual(["unreadable"]);
  });

  it("whose server falls silent can't be told, and is never unknown", async () => {
    await corner.seal({ "ada@example.com": BCRYPT });
    const wire = await layWire(corner.port);
    const store = await corner.serve([], wire);
    wire.hang();
    expect(await find(store, "ada@example.com", "nobody@example.com")).toEqual([
      "unreadable",
      "unreadable",
    ]);
    wire.mend();
    expect(await find(store, "ada@example.com", "nobody@example.com")).toEqual([
      "bcrypt 5",
      "unknown",
    ]);
  });

  it("is served to whoever may only read it, and sealed where the schema is given", async () => {
    const reader = `${corner.schema}_reader`;
    const sealer = `${corner.schema}_sealer`;
    // As the guide has it.
    await corner.run(`CREATE ROLE ${reader} LOGIN; CREATE ROLE ${sealer} LOGIN;
      CREATE SCHEMA ${corner.schema} AUTHORIZATION ${sealer}; GRANT USAGE ON SCHEMA ${corner.schema} TO ${reader};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${sealer} IN SCHEMA ${corner.schema}
        GRANT SELECT ON TABLES TO ${reader}`);
    corner.atEnd(() =>
      corner.run(`DROP SCHEMA ${corner.schema} CASCADE; DROP ROLE ${reader}; DROP ROLE ${sealer}`),
    );
    const by = async (user: string) => corner.place({ user });
    const sealing = await corner.begin("replace", await by(sealer));
    await sealing.add(hashesOf({ "ada@example.com": BCRYPT }));
    await sealing.commit();
    const again = await corner.begin("replace", await by(sealer));
    await again.add(hashesOf({ "ada@example.com": SSHA }));
    await again.commit();
    const store = await corner.serve([], { user: reader });
    expect(await find(store, "ada@example.com")).toEqual(["ldap-ssha"]);
    await expect(corner.begin("replace", await by(reader))).rejects.toMatchObject({
      code: "SEALED_STORE_UNWRITABLE",
      message: expect.stringContaining("this user may not") as string,
    });
  });

  it("that lost its connections while they lay idle answers over new ones", async () => {
    await corner.seal({ "ada@example.com": BCRYPT });
    const wire = await layWire(corner.port);
    const store = await corner.serve([], wire);
    wire.cut();
    wire.mend();
    expect(await find(store, "ada@example.com")).toEqual(["bcrypt 5"]);
  });

  it("was sealed where the answer to its commit was lost, and that is found out", async () => {
    const place = await corner.place();
    const begun = await place.server.begin();
    const losing: ServerStore = {
      ...place,
      server: {
        ...place.server,
        begin: async () => ({
          ...begun,
          commit: async () => {
            await begun.commit();
            throw new Error("the connection was lost");
          },
        }),
      },
    };
    const sealing = await corner.begin("replace", losing);
    await sealing.add(hashesOf({ "ada@example.com": BCRYPT }));
    expect(await sealing.commit()).toMatchObject({ logins: 1 });
    expect(await find(await corner.serve(), "ada@example.com")).toEqual(["bcrypt 5"]);

    const undone = await corner.begin("replace", {
      ...place,
      server: { ...place.server, begin: () => failing(place) },
    });
    await undone.add(hashesOf({ "bo@example.com": BCRYPT }));
    await expect(undone.commit()).rejects.toMatchObject({ code: "SEALED_STORE_UNWRITABLE" });
    expect(await find(await corner.serve(), "ada@example.com")).toEqual(["bcrypt 5"]);
  });
});

/** A transaction that is undone when it is to be committed. */
async function failing({ server }: ServerStore) {
  const transaction = await server.begin();
  return {
    ...transaction,
    commit: async () => {
      transaction.undo();
      throw new Error("the connection was lost");
    },
  };
}
