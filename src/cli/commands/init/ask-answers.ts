import type { DraftingAnswers, DraftingQuestion } from "../../../mapping/index.ts";

/** An answer, or that the question was left by Ctrl-C. */
type Answered = DraftingAnswers | "interrupted";

/**
 * Asks what is open until nothing is: each question once, in the order of the draft.
 *
 * @param questionsFor what is open with these answers
 */
export async function askAnswers(
  questionsFor: (answers: DraftingAnswers) => readonly DraftingQuestion[],
  given: DraftingAnswers,
): Promise<Answered> {
  const asked = new Set<string>();
  let answers = given;
  for (;;) {
    const question = questionsFor(answers).find((one) => !asked.has(keyOf(one)));
    if (question === undefined) return answers;
    asked.add(keyOf(question));
    const answered = await ask(question, answers);
    if (answered === "interrupted") return answered;
    answers = answered;
  }
}

/** Of conditions there may be several, each with its question. */
function keyOf(question: DraftingQuestion): string {
  return question.kind === "where" ? `where ${question.expression}` : question.kind;
}

async function ask(question: DraftingQuestion, answers: DraftingAnswers): Promise<Answered> {
  switch (question.kind) {
    case "login": {
      const options = question.choices.map(({ column, looks }) => ({
        value: column,
        label: column,
        hint: looks.join(" · "),
      }));
      const login = await choose("Which column is the login that people type in?", options);
      return login === "interrupted" ? login : { ...answers, login };
    }
    case "scenario": {
      const scenario = await choose(
        "No column holds password hashes. How are people to get in?",
        SCENARIOS,
      );
      return scenario === "interrupted" ? scenario : { ...answers, scenario };
    }
    case "format": {
      const { column } = question;
      const options = [
        ...question.answers.map((answer) => ({ value: answer, label: answer.line })),
        { value: undefined, label: "I do not know" },
      ];
      const format = await choose(
        `What are the hashes in ${column}? A wrong answer shows only when people sign in.`,
        options,
      );
      if (format === "interrupted") return format;
      return format === undefined ? answers : { ...answers, format };
    }
    case "phone-country": {
      const phoneCountry = await askCountry(question.guess);
      return phoneCountry === "interrupted" ? phoneCountry : { ...answers, phoneCountry };
    }
    case "where": {
      const { column, expression, why } = question;
      const isLeftOut = await choose(`${column}: ${why}. What becomes of them?`, [
        { value: true, label: "They are left out", hint: `where: ${expression}` },
        { value: false, label: "They are moved like all others" },
      ]);
      if (isLeftOut === "interrupted") return isLeftOut;
      return { ...answers, leftOut: { ...answers.leftOut, [expression]: isLeftOut } };
    }
  }
}

async function askCountry(guess: string | undefined): Promise<string> {
  const { isCancel, text } = await import("@clack/prompts");
  const typed = await text({
    output: process.stderr,
    message: "Which country are telephone numbers of that name none? Two letters, such as DE.",
    ...(guess === undefined ? {} : { initialValue: guess }),
    validate: (value) =>
      /^\s*[A-Za-z]{2}\s*$/.test(value ?? "") ? undefined : "A country's code has two letters.",
  });
  return isCancel(typed) ? "interrupted" : typed.trim().toUpperCase();
}

const SCENARIOS = [
  {
    value: "staged" as const,
    label: "staged",
    hint: "users without credentials, not active",
  },
  {
    value: "hook" as const,
    label: "hook",
    hint: "active, the password checked by an import hook at the first sign-in",
  },
];

/** One of several; `interrupted` at Ctrl-C. */
async function choose<Value>(
  message: string,
  choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[],
): Promise<Value | "interrupted"> {
  const { isCancel, select } = await import("@clack/prompts");
  // Values are told apart by their place: any value may stand for itself.
  const chosen = await select({
    output: process.stderr,
    message,
    options: choices.map(({ label, hint }, index) => ({
      value: index,
      label,
      ...(hint === undefined ? {} : { hint }),
    })),
  });
  if (isCancel(chosen)) return "interrupted";
  return choices[chosen]?.value as Value;
}
