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
  const asked = new Set<DraftingQuestion["kind"]>();
  let answers = given;
  for (;;) {
    const question = questionsFor(answers).find(({ kind }) => !asked.has(kind));
    if (question === undefined) return answers;
    asked.add(question.kind);
    const answered = await ask(question, answers);
    if (answered === "interrupted") return answered;
    answers = answered;
  }
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
