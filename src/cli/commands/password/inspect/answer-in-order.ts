/** Work on a stream, several pieces at a time. */
export interface OrderedWork<Input, Answer> {
  readonly inputs: AsyncIterable<Input>;
  /** Never rejects. */
  readonly work: (input: Input) => Promise<Answer>;
  /** Resolves when there is room for more. */
  readonly write: (answer: Answer, input: Input) => Promise<void>;
  /** Pieces that are worked on or wait to be written, 1 or more. */
  readonly ahead: number;
}

/**
 * Answers each input, in the order of the inputs, as soon as it and those before it are done: who
 * waits for one answer before giving the next input gets it.
 */
export async function answerInOrder<Input, Answer>(
  task: OrderedWork<Input, Answer>,
): Promise<void> {
  const { inputs, work, write, ahead } = task;
  const unwritten: Promise<void>[] = [];
  let last = Promise.resolve();
  for await (const input of inputs) {
    const answer = work(input);
    last = last.then(async () => write(await answer, input));
    // Trouble with writing is told where it is awaited.
    last.catch(() => undefined);
    unwritten.push(last);
    if (unwritten.length >= ahead) await unwritten.shift();
  }
  await last;
}
