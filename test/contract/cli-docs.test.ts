import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { buildProgram } from "../../src/cli/command-line.ts";

const PAGE = readFileSync(new URL("../../docs/reference/cli.md", import.meta.url), "utf8");
/** Said once, for all commands, at the top of the page. */
const COMMON = ["--help", "--json"];
/** Commands whose flags are those of another one. */
const SAME_FLAGS_AS: Readonly<Record<string, string>> = { check: "import", retry: "import" };

const commands = buildProgram(() => undefined).commands;

describe("the reference of the command line", () => {
  it("has a section for every command, and none for others", () => {
    const sections = [...PAGE.matchAll(/^## `([a-z]+)`$/gm)].map(([, name = ""]) => name);
    expect(sections.toSorted()).toEqual(commands.map((command) => command.name()).toSorted());
  });

  it.each(commands.map((command) => [command.name(), command] as const))(
    "has the flags that `%s --help` shows, and no others",
    (name, command) => {
      const documented = flagsOf(section(SAME_FLAGS_AS[name] ?? name));
      expect(documented).toEqual(flagsKnownTo(command));
    },
  );
});

function section(name: string): string {
  return PAGE.split(/^## /m).find((part) => part.startsWith(`\`${name}\``)) ?? "";
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
