import { parentPort } from "node:worker_threads";
import { checkComputation } from "./computations/check-computation.ts";
import type { Answer, Order } from "./verify-thread.ts";

/*
 * What a worker thread of the verifier runs: one order, one answer, again and again. An error's text
 * ends here: nothing of it may reach a log.
 */

parentPort?.on("message", (order: Order) => {
  parentPort?.postMessage(answer(order));
});

function answer({ computation, password }: Order): Answer {
  try {
    return checkComputation(computation, password) ? "right" : "wrong";
  } catch {
    return "unable";
  } finally {
    password.fill(0);
  }
}
