import type { DigestComputation } from "../../formats/computation.ts";
import { isWithin, MAX_ROUNDS, need } from "./bounds.ts";
import { equalBytes } from "./equal-bytes.ts";
import { digestOf } from "./hashers.ts";
import { joinBytes } from "./join-bytes.ts";

/** @throws {NotComputableError} for rounds out of range, or no value */
export function checkDigest(computation: DigestComputation, password: Uint8Array): boolean {
  return equalBytes(computeDigest(computation, password), computation.value);
}

/** The value of a password. @throws {NotComputableError} for rounds out of range */
export function computeDigest(computation: DigestComputation, password: Uint8Array): Uint8Array {
  const { digest, rounds } = computation;
  need(isWithin(rounds, 1, MAX_ROUNDS), "the rounds of the digest");
  const first = withSalt(computation, password);
  let computed = digestOf(digest, first);
  first.fill(0);
  for (let round = 1; round < rounds; round += 1) {
    computed = digestOf(digest, again(computation, computed));
  }
  return computed;
}

function again(computation: DigestComputation, computed: Uint8Array): Uint8Array {
  return computation.again === "digest" ? computed : withSalt(computation, computed);
}

/** In memory of its own. */
function withSalt({ salted, salt }: DigestComputation, bytes: Uint8Array): Uint8Array {
  switch (salted) {
    case "none":
      return joinBytes(bytes);
    case "prefix":
      return joinBytes(salt, bytes);
    case "postfix":
      return joinBytes(bytes, salt);
  }
}
