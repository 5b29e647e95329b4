import { describe, expect, it } from "vitest";
import { answerInOrder } from "./answer-in-order.ts";

/** A promise that is settled from outside. */
function later(): { readonly promise: Promise<void>; readonly done: () => void } {
  let done = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}

async function* streamOf<T>(...values: readonly T[]): AsyncGenerator<T> {
  for (const value of values) yield await Promise.resolve(value);
}

describe("answers", () => {
  it("come in the order of the inputs, whichever is done first", async () => {
    const slow = later();
    const written: number[] = [];
    const answering = answerInOrder({
      inputs: streamOf(1, 2, 3),
      work: async (input) => {
        if (input === 1) await slow.promise;
        if (input === 3) slow.done();
        return input * 10;
      },
      write: async (answer) => {
        written.push(await Promise.resolve(answer));
      },
      ahead: 5,
    });
    await answering;
    expect(written).toEqual([10, 20, 30]);
  });

  it("are given while the next input is still to come", async () => {
    const answered = later();
    async function* conversation(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      await answered.promise;
      yield 2;
    }
    const written: number[] = [];
    await answerInOrder({
      inputs: conversation(),
      work: (input) => Promise.resolve(input),
      write: (answer) => {
        written.push(answer);
        answered.done();
        return Promise.resolve();
      },
      ahead: 4,
    });
    expect(written).toEqual([1, 2]);
  });

  it("keep the inputs waiting when nobody takes them", async () => {
    const taken = later();
    let begun = 0;
    const answering = answerInOrder({
      inputs: streamOf(...Array.from({ length: 100 }, (_, index) => index)),
      work: (input) => {
        begun += 1;
        return Promise.resolve(input);
      },
      write: () => taken.promise,
      ahead: 3,
    });
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(begun).toBe(3);
    taken.done();
    await answering;
    expect(begun).toBe(100);
  });

  it("end with the trouble that writing has", async () => {
    const answering = answerInOrder({
      inputs: streamOf(1, 2, 3),
      work: (input) => Promise.resolve(input),
      write: () => Promise.reject(new Error("no room")),
      ahead: 1,
    });
    await expect(answering).rejects.toThrow("no room");
  });
});
