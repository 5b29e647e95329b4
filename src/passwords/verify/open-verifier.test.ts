import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import { Secret } from "../../core/index.ts";
import { openVerifier } from "./open-verifier.ts";
it("x", async () => {
  const v = openVerifier({ clock: new FakeClock() });
  const value = createHash("sha1").update("pw").digest();
  console.log(
    await v.verify({
      password: Buffer.from("pw"),
      computation: new Secret({
        kind: "digest",
        digest: "sha1",
        salted: "none",
        salt: new Uint8Array(),
        rounds: 1,
        again: "digest",
        value,
        preparation: [],
      }),
    }),
  );
  await v.close();
  expect(1).toBe(1);
});
