import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { buildProgram } from "../../src/cli/command-line.ts";

const PAGE = readFileSync(new URL("../../docs/reference/cli.md", import.meta.url), "utf8");
/** Said once, for all commands, at the top of the page. */
const COMMON = ["--help", "--json"];
/** Commands whose flags are those of another one, and what their own section adds. */
const SAME_FLAGS_AS: Readonly<Record<string, string>> = { check: "import", retry: "import" };

const commands = runnable(buildProgram(() => undefined));

describe("the reference of the command line", () => {
  it("has a section for every command, and none for others", () => {
    const sections = [...PAGE.matchAll(/^## `([a-z ]+)`$/gm)].map(([, name = ""]) => name);
    expect(sections.toSorted()).toEqual(commands.map(nameOf).toSorted());
  });

  it.each(commands.map((command) => [nameOf(command), command] as const))(
    "has the flags that `%s --help` shows, and no others",
    (name, command) => {
      const documented = flagsOf(section(SAME_FLAGS_AS[name] ?? "") + tableOf(section(name)));
      expect(documented).toEqual(flagsKnownTo(command));
    },
  );
});

/** The commands that do something, without those that only hold others. */
function runnable(command: Command): readonly Command[] {
  return command.commands.flatMap((one) => (one.commands.length > 0 ? runnable(one) : [one]));
}

/** A command as it is typed. */
function nameOf(command: Command): string {
  const { parent } = command;
  const above = parent === null || parent.parent === null ? "" : `${parent.name()} `;
  return above + command.name();
}

function section(name: string): string {
  return PAGE.split(/^## /m).find((part) => part.startsWith(`\`${name}\``)) ?? "";
}

/** The part of a section from its table of flags on; all of it where the flags are no one else's. */
function tableOf(text: string): string {
  const name = /^`([a-z ]+)`/.exec(text)?.[1] ?? "";
  return SAME_FLAGS_AS[name] === undefined ? text : (text.match(/^\| `--.*$/gm) ?? []).join("\n");
}

function flagsKnownTo(command: Command): readonly string[] {
  return command.options
    .map((option) => option.long ?? "")
    .filter((flag) => !COMMON.includes(flag))
    .toSorted();
}

function flagsOf(text: string): readonly string[] {
  const flags = [...text.matchAll(/--[a-z0-9][a-z0-9-]*/g)].map(([flag]) => flag);
  return [...new Set(flags)].filter((flag) => !COMMON.includes(flag)).toSorted();
}
