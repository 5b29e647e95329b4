import { parentPort } from "node:worker_threads";
import { answerOrder, type Order } from "./answer-order.ts";

/* What a worker thread of the verifier runs: one order, one answer, again and again. */

parentPort?.on("message", (order: Order) => {
  parentPort?.postMessage(answerOrder(order));
});
