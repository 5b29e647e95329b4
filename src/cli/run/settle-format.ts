import { ConfigError } from "../../core/index.ts";
import {
  type Mapping,
  type MigrationConfig,
  type OpenQuestion,
  type PasswordAnswer,
  withAnswer,
} from "../../mapping/index.ts";
import type { Session } from "./session.ts";

/** How a mapping is planned for a config. */
type PlanMapping = (config: MigrationConfig | undefined) => Mapping;

/**
 * Plans a mapping under which hashes can be read: where they can be read in several ways, a person
 * is asked, and where nobody is there, the command ends.
 *
 * @throws {ConfigError} PASSWORD_FORMAT_AMBIGUOUS with the possible answers
 */
export async function settleFormat(
  plan: PlanMapping,
  config: MigrationConfig | undefined,
  session: Pick<Session, "canAsk" | "view">,
): Promise<Mapping> {
  const mapping = plan(config);
  const question = mapping.openQuestion;
  if (question === undefined) return mapping;
  const answer = session.canAsk ? await ask(question) : undefined;
  if (answer === undefined) throw formatAmbiguous(question);
  session.view.say(`To be asked no more, write into migration.yaml: ${answer.line}`);
  return settleFormat(plan, withAnswer(config, answer), session);
}

async function ask({ column, answers }: OpenQuestion): Promise<PasswordAnswer | undefined> {
  const { isCancel, select } = await import("@clack/prompts");
  const chosen = await select({
    output: process.stderr,
    message: `What are the hashes in ${column}? A wrong answer shows only when people sign in.`,
    options: [
      ...answers.map(({ line }, index) => ({ value: index, label: line })),
      { value: -1, label: "I do not know" },
    ],
  });
  return isCancel(chosen) ? undefined : answers[chosen];
}

/** Says which answers there are, where nobody is there to choose one. */
export function formatAmbiguous({ column, answers }: OpenQuestion): ConfigError {
  const lines = answers.map(({ line }) => `  ${line}`).join("\n");
  return new ConfigError({
    code: "PASSWORD_FORMAT_AMBIGUOUS",
    at: "password",
    message: `Nothing says what the password hashes in ${column} are. One of these lines belongs into migration.yaml, beside what stands there:\n${lines}`,
    hint: "Ask whoever ran the old system, or let okta-migrate password detect find out with one known password.",
  });
}
