import type { KeptHash } from "../sealing/pack-hash.ts";
import type { CheckLine, LineAnswer } from "./check-line.ts";
import type { HashStore } from "./hash-store.ts";
import type { CheckAnswer, CheckedBy, PasswordChecker, TypedPassword } from "./password-checker.ts";

/**
 * Checks passwords against the hashes of a store. For an unknown login a decoy is computed, so that the
 * answer takes the time that a wrong password takes.
 */
export function checkByHash(store: HashStore, line: CheckLine): PasswordChecker {
  const compute = (hash: KeptHash, typed: TypedPassword): Promise<LineAnswer> => {
    const { digest, address, deadlineMs } = typed;
    const password = Uint8Array.from(typed.password);
    return line.ask({ hash, password, digest, address, deadlineMs });
  };
  return {
    name: store.name,
    check: async (typed) => {
      // Who can't be answered need not be looked up: a database has enough to do then.
      if (!line.canTake(typed.deadlineMs)) {
        return { kind: "untold", because: "overloaded", by: { store: store.name } };
      }
      const found = await store.find(typed.login, typed.signal, typed.username);
      if (found.kind === "untold") return { ...found, by: { store: store.name } };
      const hash = found.kind === "found" ? found.hash : store.decoyFor(typed.login);
      if (hash === undefined) return { kind: "unknown", by: { store: store.name } };
      const answer = await compute(hash, typed);
      const by = { store: store.name, waitedMs: answer.waitedMs };
      return found.kind === "unknown"
        ? asUnknown(answer, by)
        : asKnown(answer, { ...by, format: hash.label });
    },
  };
}

function asKnown({ verdict }: LineAnswer, by: CheckedBy): CheckAnswer {
  switch (verdict) {
    case "right":
      return { kind: "verified", by };
    case "wrong":
      return { kind: "wrong", by };
    case "overloaded":
    case "unable":
      return { kind: "untold", because: verdict, by };
  }
}

/** What the decoy gave means nothing; that it could not be computed is said as for a known login. */
function asUnknown({ verdict }: LineAnswer, by: CheckedBy): CheckAnswer {
  switch (verdict) {
    case "right":
    case "wrong":
      return { kind: "unknown", by };
    case "overloaded":
    case "unable":
      return { kind: "untold", because: verdict, by };
  }
}
