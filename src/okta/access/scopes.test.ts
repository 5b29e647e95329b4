import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examinedScopes, findScopes, type ScopeNeeds, scopesOfCommands } from "./scopes.ts";
import type { TokenAnswer } from "./token-endpoint.ts";
import { Answer } from "../answer.ts";

const GRANTED: TokenAnswer = {
  kind: "granted",
  token: { value: "t", scheme: "Bearer", askedAtMs: 0, lifetimeMs: 1 },
  scopes: undefined,
  refreshToken: undefined,
  idToken: undefined,
};

function refused(code: string): TokenAnswer {
  return { kind: "refused", code, description: "", answer: new Answer(400, {}, []) };
}

/** An org that refuses all scopes for one that was not granted. */
function org(granted: readonly string[]) {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    ask: (scopes: readonly string[]): Promise<TokenAnswer> => {
      asked.push(scopes);
      if (scopes.length === 0) return Promise.resolve(refused("invalid_scope"));
      const isFine = scopes.every((scope) => granted.includes(scope));
      return Promise.resolve(isFine ? GRANTED : refused("consent_required"));
    },
  };
}

function needs(required: readonly string[], optional: readonly string[]): ScopeNeeds {
  return { required, optional: optional.map((scope) => ({ scope, without: "" })) };
}

describe("the scopes of a service app", () => {
  it("are asked for together, and once where all were granted", async () => {
    const { ask, asked } = org(["a", "b", "c"]);
    const { scopes } = await findScopes(needs(["a"], ["b", "c"]), ask);
    expect(scopes).toEqual(["a", "b", "c"]);
    expect(asked).toHaveLength(1);
  });

  it("are all that were granted, whichever those are", async () => {
    const names = fc.subarray(["a", "b", "c", "d", "e"]);
    await fc.assert(
      fc.asyncProperty(names, names, names, async (first, second, granted) => {
        const optional = second.filter((scope) => !first.includes(scope));
        const { ask } = org(granted);
        const { answer, scopes } = await findScopes(needs(first, optional), ask);
        const hasRequired = first.every((scope) => granted.includes(scope));
        const wanted = [...first, ...optional.filter((scope) => granted.includes(scope))];
        if (hasRequired && wanted.length > 0) {
          expect(answer.kind).toBe("granted");
          expect(scopes).toEqual(wanted);
        } else {
          expect(answer.kind).toBe("refused");
        }
      }),
    );
  });

  it("are not looked for any further when the app itself is refused", async () => {
    let asked = 0;
    const { answer } = await findScopes(needs(["a"], ["b"]), () => {
      asked += 1;
      return Promise.resolve(refused("invalid_client"));
    });
    expect(answer).toMatchObject({ kind: "refused", code: "invalid_client" });
    expect(asked).toBe(1);
  });
});

describe("an examination", () => {
  it.each([
    [{}, 6],
    [{ programme: true }, 8],
  ])("asks for all scopes that any command can use, and needs none of them: %o", (reach, count) => {
    const { required, optional } = examinedScopes(reach);
    const asked = optional.map(({ scope }) => scope);
    const used = scopesOfCommands(reach).flatMap((one) => [
      ...one.needs.required,
      ...one.needs.optional.map(({ scope }) => scope),
    ]);
    expect(required).toEqual([]);
    expect(new Set(used).size).toBe(count);
    expect(used.filter((scope) => !asked.includes(scope))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
  });
});
