import type { Computation, PreparationStep } from "./computation.ts";
import { type Beside, type Fault, isFault } from "./stored-format.ts";

/** The step that turns passwords into UTF-16, where the config says so. */
export function encodingSteps({ passwordEncoding }: Beside): readonly PreparationStep[] {
  return passwordEncoding === "utf16le" ? [{ step: "utf16le" }] : [];
}

/**
 * What the config says is done to every password, as steps before any hash: its encoding, and a
 * pepper beside the password. For formats whose salt a pepper can't be folded into.
 *
 * @returns a fault where the pepper is said to stand beside a salt that the format holds itself
 */
export function passwordSteps(beside: Beside): readonly PreparationStep[] | Fault {
  const encoding = encodingSteps(beside);
  if (beside.pepper === undefined) return encoding;
  const bytes = beside.pepper.bytes.reveal();
  switch (beside.pepper.place) {
    case "password-prefix":
      return [...encoding, { step: "prepend", bytes }];
    case "password-postfix":
      return [...encoding, { step: "append", bytes }];
    case "salt-prefix":
    case "salt-postfix":
      return misplacedPepper();
  }
}

/**
 * A computation with {@link passwordSteps} in front of its own; a fault stays what it is.
 *
 * @returns a fault where the pepper is said to stand beside a salt that the format holds itself
 */
export function withPasswordSteps<C extends Computation>(
  computation: C | Fault,
  beside: Beside,
): C | Fault {
  if (isFault(computation)) return computation;
  const steps = passwordSteps(beside);
  if (isFault(steps)) return steps;
  return { ...computation, preparation: [...steps, ...computation.preparation] };
}

/** Why a pepper beside the salt can't be added. */
export function misplacedPepper(): Fault {
  return {
    fault: {
      code: "PASSWORD_MALFORMED",
      reason: "The password hash has no salt of its own that a pepper could stand beside.",
      hint: "Say in migration.yaml, under password, on which side of the password the pepper stands.",
    },
  };
}
