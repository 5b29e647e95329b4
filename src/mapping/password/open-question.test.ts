import { describe, expect, it } from "vitest";

import { type Issue, Secret } from "../../core/index.ts";
import type { Computation, Reading, StoredHash } from "../../passwords/formats/index.ts";
import { parseMigrationConfig } from "../index.ts";
import { findAnswers, withAnswer } from "./open-question.ts";

const ISSUE: Issue = { code: "PASSWORD_AMBIGUOUS", reason: "r", hint: "h" };

function candidate(format: string, presumes: StoredHash["presumes"] = {}): StoredHash {
  return {
    format: format as StoredHash["format"],
    label: format,
    computation: new Secret({} as Computation),
    presumes,
    okta: { kind: "hook", because: "it is none" },
  };
}

function ambiguous(...candidates: readonly StoredHash[]): Reading {
  return { kind: "ambiguous", candidates, issue: ISSUE };
}

function ruleOf(yaml: string) {
  return parseMigrationConfig(yaml, { fileName: "migration.yaml" }).password;
}

function linesOf(samples: readonly Reading[], yaml?: string): readonly string[] {
  const rule = yaml === undefined ? undefined : ruleOf(yaml);
  return findAnswers(samples, rule).map(({ line }) => line);
}

const MD5_OR_NTLM = ambiguous(candidate("md5"), candidate("ntlm"));
const PREFIX = candidate("sha256", { saltOrder: "prefix", saltEncoding: "text" });
const POSTFIX = candidate("sha256", { saltOrder: "postfix", saltEncoding: "text" });
const HEX = candidate("sha256", { saltOrder: "prefix", saltEncoding: "hex" });

describe("a question about all hashes of a source", () => {
  it("has the answers that every one of the first records allows", () => {
    expect(linesOf([MD5_OR_NTLM, MD5_OR_NTLM])).toEqual([
      "password: {format: md5}",
      "password: {format: ntlm}",
    ]);
    expect(linesOf([ambiguous(PREFIX, POSTFIX, HEX), ambiguous(POSTFIX, PREFIX)])).toEqual([
      "password: {format: sha256, saltOrder: prefix, saltEncoding: text}",
      "password: {format: sha256, saltOrder: postfix, saltEncoding: text}",
    ]);
  });

  it("leaves out what the config says already", () => {
    const yaml = "password: {hash: pw, salt: s, format: bcrypt, saltEncoding: text}";
    const prefix = candidate("bcrypt", PREFIX.presumes);
    const postfix = candidate("bcrypt", POSTFIX.presumes);
    expect(linesOf([ambiguous(prefix, postfix)], yaml)).toEqual([
      "password: {saltOrder: prefix}",
      "password: {saltOrder: postfix}",
    ]);
  });

  it("is none where one record is clear, where there are none, or where no answer fits all", () => {
    const clear: Reading = { kind: "stored", stored: candidate("bcrypt") };
    expect(linesOf([MD5_OR_NTLM, clear])).toEqual([]);
    expect(linesOf([])).toEqual([]);
    expect(linesOf([MD5_OR_NTLM, ambiguous(PREFIX, POSTFIX)])).toEqual([]);
  });

  it("is answered by a config in which the answer stands", () => {
    const [answer] = findAnswers([ambiguous(PREFIX, POSTFIX)], undefined);
    if (answer === undefined) throw new Error("no answer was found");
    expect(withAnswer(undefined, answer).password).toEqual({
      ...ruleOf("password: {saltOrder: prefix, saltEncoding: text}"),
      format: "sha256",
    });
    const config = parseMigrationConfig("password: {hash: pw, salt: s}\notherwise: hook", {
      fileName: "migration.yaml",
    });
    const answered = withAnswer(config, answer);
    expect(answered.otherwise).toBe("hook");
    expect(answered.password).toMatchObject({
      hash: { column: "pw" },
      format: "sha256",
      settings: { saltOrder: "prefix", saltEncoding: "text" },
    });
  });
});
