import { Secret } from "../../core/index.ts";
import type { Computation } from "../formats/computation.ts";

/**
 * Hashes a password as a computation says, for invented users. The result that stands in the
 * computation is replaced; it only tells how long the new one is.
 *
 * The password counts as UTF-8. Runs on the calling thread, for as long as the settings ask for: meant
 * for the least settings of a format, not for those of a real table.
 *
 * @throws {Error} when the settings are damaged or ask for too much; nothing of the password is in it
 */
export async function computeHash(
  computation: Computation,
  password: Secret,
): Promise<Secret<Computation>> {
  // Loaded when wanted: every command passes this door, and few hash anything.
  const { computeResult } = await import("./computations/compute-result.ts");
  const bytes = Buffer.from(password.reveal(), "utf8");
  try {
    return new Secret(computeResult(computation, bytes));
  } finally {
    bytes.fill(0);
  }
}
