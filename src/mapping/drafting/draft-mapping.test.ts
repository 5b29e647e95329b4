import { describe, expect, it } from "vitest";
import { draftOf, rows, type Table } from "../../../test/support/drafted-tables.ts";
import type { DirectorySchema, SourceValue } from "../../core/index.ts";
import { builtInSchema } from "../../validation/index.ts";
import { parseMigrationConfig } from "../config/parse-migration-config.ts";
import type { DraftedMapping } from "./drafted-mapping.ts";

const BCRYPT = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
const MD5 = "5f4dcc3b5aa765d61d8327deb882cf99";
const ARGON2 =
  "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b+dWRWJTmaaJObG4Ev1xQuK2Ps";

/** Attribute to column. */
function mapped({ lines }: DraftedMapping): Record<string, string> {
  return Object.fromEntries(lines.map(({ attribute, column }) => [attribute, column]));
}

/** One record with these columns, each filled with what fits them. */
function tableOf(columns: readonly string[], values: Readonly<Record<string, string>> = {}): Table {
  return rows(20, (number) =>
    Object.fromEntries(
      columns.map((column) => [column, (values[column] ?? `text`).replaceAll("#", `${number}`)]),
    ),
  );
}

const MAIL = "person#@example.com";

describe("names of columns in other languages", () => {
  it.each([
    ["German", ["E-Mail-Adresse", "Vorname", "Nachname", "Straße", "PLZ", "Ort", "Abteilung"]],
    [
      "German without umlauts",
      ["Emailadresse", "vorname", "nachname", "Strasse", "plz", "Wohnort", "abt."],
    ],
    [
      "French",
      ["Adresse e-mail", "Prénom", "Nom de famille", "Rue", "Code postal", "Ville", "Service"],
    ],
    [
      "Spanish",
      [
        "Correo electrónico",
        "Nombres",
        "Apellidos",
        "Calle",
        "Código postal",
        "Ciudad",
        "Departamento",
      ],
    ],
    ["Italian", ["Indirizzo email", "Nome", "Cognome", "Indirizzo", "CAP", "Città", "Reparto"]],
    ["Portuguese", ["Endereço de email", "Nome", "Sobrenome", "Rua", "CEP", "Cidade", "Setor"]],
    [
      "Dutch",
      ["E-mailadres", "Voornaam", "Achternaam", "Straat", "Postcode", "Woonplaats", "Afdeling"],
    ],
    [
      "English with an owner",
      ["user_email", "customer.first_name", "customerLastName", "addr1", "zip", "town", "dept"],
    ],
  ])("are recognised: %s", (_language, columns) => {
    const [mail = "", first, last, street, zip, city, department] = columns;
    expect(mapped(draftOf(tableOf(columns, { [mail]: MAIL })))).toEqual({
      login: mail,
      email: mail,
      firstName: first,
      lastName: last,
      streetAddress: street,
      zipCode: zip,
      city,
      department,
    });
  });

  it.each([
    [["Vorname", "Name"], { firstName: "Vorname", lastName: "Name" }],
    [["Nom", "Prénom"], { firstName: "Prénom", lastName: "Nom" }],
    [["nombre", "apellidos"], { firstName: "nombre", lastName: "apellidos" }],
    [["name", "surname"], { firstName: "name", lastName: "surname" }],
  ])("mean the missing half of a name where they only say name: %s", (columns, expected) => {
    const draft = draftOf(tableOf(["mail", ...columns], { mail: MAIL }));
    expect(mapped(draft)).toMatchObject(expected);
    expect(mapped(draft)).not.toHaveProperty("displayName");
  });

  it("cut first and last name from the whole one, as a guess, where nothing else gives them", () => {
    const draft = draftOf(tableOf(["mail", "Full Name"], { mail: MAIL }));
    const rules = Object.fromEntries(draft.lines.map(({ attribute, rule }) => [attribute, rule]));
    expect(rules["displayName"]).toBe("Full Name");
    expect(rules["firstName"]).toContain("split");
    expect(draft.lines.find(({ attribute }) => attribute === "lastName")?.certainty).toBe("guess");
  });

  it("tell a form of address from a job by the values", () => {
    const address = rows(20, (n) => ({
      mail: `p${n}@example.com`,
      Titel: n % 2 ? "Dr." : "Prof. Dr.",
    }));
    expect(mapped(draftOf(address))).toMatchObject({ honorificPrefix: "Titel" });
    const job = rows(20, (n) => ({ mail: `p${n}@example.com`, Titel: n % 2 ? "Clerk" : "Driver" }));
    expect(mapped(draftOf(job))).toMatchObject({ title: "Titel" });
  });
});

describe("how sure a guess is", () => {
  const certaintyOf = (draft: DraftedMapping, attribute: string): string | undefined =>
    draft.lines.find((line) => line.attribute === attribute)?.certainty;

  it("is certain for usual names, likely for other words, a guess for values alone", () => {
    const usual = draftOf(tableOf(["email", "firstName"], { email: MAIL }));
    expect(certaintyOf(usual, "firstName")).toBe("certain");
    expect(certaintyOf(draftOf(tableOf(["Vorname"])), "firstName")).toBe("likely");
    const byValues = draftOf(tableOf(["column7"], { column7: MAIL }));
    expect(mapped(byValues)).toMatchObject({ email: "column7" });
    expect(certaintyOf(byValues, "email")).toBe("guess");
  });

  it("does not take a column whose values can't be the attribute's", () => {
    const draft = draftOf(
      tableOf(["email", "phone", "city", "estado"], {
        email: MAIL,
        phone: "yes",
        city: "17",
        estado: "activo",
      }),
    );
    expect(Object.keys(mapped(draft))).toEqual(["login", "email"]);
  });

  it("does not take the address of somebody else for the user's", () => {
    const draft = draftOf(tableOf(["id", "manager email"], { id: "#", "manager email": MAIL }));
    expect(mapped(draft)).not.toHaveProperty("email");
  });
});

describe("several values in one place, as directories have them", () => {
  it("give their first one, and a warning", () => {
    const table = rows(20, (n) => ({
      mail: n % 2 ? `p${n}@example.com` : [`p${n}@example.com`, `q${n}@example.com`],
      sn: [`Name${n}`],
    }));
    const draft = draftOf(table);
    const rules = Object.fromEntries(draft.lines.map(({ attribute, rule }) => [attribute, rule]));
    expect(rules).toMatchObject({ email: `'first(row["mail"])'`, lastName: `'first(row["sn"])'` });
    expect(draft.lines.find(({ attribute }) => attribute === "email")?.warnings).toHaveLength(1);
    expect(draft.sample.map(({ issues }) => issues)).toEqual([0, 0, 0]);
  });
});

describe("the login", () => {
  it("is the e-mail address where user names are none and the org may want such, and it asks", () => {
    const table = tableOf(["username", "mail"], { username: "user#", mail: MAIL });
    const draft = draftOf(table);
    expect(mapped(draft)).toMatchObject({ login: "mail", email: "mail" });
    expect(draft.questions[0]).toMatchObject({
      kind: "login",
      choices: [{ column: "mail" }, { column: "username" }],
    });
    const answered = draftOf(table, { answers: { login: "username" } });
    expect(mapped(answered)).toMatchObject({ login: "username", email: "mail" });
    expect(answered.questions.map(({ kind }) => kind)).not.toContain("login");
  });

  it("is the user name where the org takes anything", () => {
    const schema: DirectorySchema = { ...builtInSchema(), origin: "org", loginPattern: ".+" };
    const draft = draftOf(tableOf(["username", "mail"], { username: "user#", mail: MAIL }), {
      schema,
    });
    expect(mapped(draft)).toMatchObject({ login: "username", email: "mail" });
  });

  it("is asked for where addresses stand more than once", () => {
    const draft = draftOf(tableOf(["mail", "uid"], { mail: "family@example.com", uid: "u#" }));
    expect(draft.questions.map(({ kind }) => kind)).toContain("login");
    expect(draft.lines[0]?.warnings[0]).toMatch(/more than once/);
  });
});

describe("passwords", () => {
  const withHash = (column: string, hash: SourceValue): Table =>
    rows(30, (n) => ({ mail: `p${n}@example.com`, [column]: hash }));

  it.each(["password_hash", "Passwort", "mot de passe", "contraseña", "senha", "x1"])(
    "are found in a column that is called %s",
    (column) => {
      const draft = draftOf(withHash(column, BCRYPT));
      expect(draft.password).toMatchObject({ column });
      expect(draft.scenario).toBe("passwords");
      expect(draft.sample[0]?.password).toBe("bcrypt 10");
      expect(draft.text).not.toContain(BCRYPT.slice(10));
    },
  );

  it("that can be several things are left open in the file, and an answer closes them", () => {
    const draft = draftOf(withHash("pwhash", MD5));
    const [question] = draft.questions;
    if (question?.kind !== "format") throw new Error("no question about the format");
    expect(draft.text).toContain("Undecided");
    const [format] = question.answers;
    if (format === undefined) throw new Error("no answers");
    const answered = draftOf(withHash("pwhash", MD5), { answers: { format } });
    expect(answered.questions).toEqual([]);
    const { password } = parseMigrationConfig(answered.text, { fileName: "f" });
    expect(password?.format).toBe(format.settings.format);
  });

  it("of a salted table name their parts", () => {
    const table = rows(5, (n) => ({
      mail: `p${n}@example.com`,
      hashedPassword: "Yny.HcE7Q8Pa6DYLQ0sM6dR3rBGgQbq",
      salt: "rwh1vrjRWUS4SGF8BC5Ty.",
      workFactor: "10",
    }));
    const settings = Object.fromEntries(draftOf(table).password?.settings ?? []);
    expect(settings).toEqual({ value: "hashedPassword", salt: "salt", workFactor: "workFactor" });
  });

  it("that Okta can't take go to the import hook", () => {
    const draft = draftOf(withHash("hash", ARGON2));
    expect(draft.scenario).toBe("hook");
    expect(draft.text).toMatch(/argon2id/);
  });

  it("that are missing are asked for, and clear-text ones are never used or shown", () => {
    const table = rows(40, (n) => ({ mail: `p${n}@example.com`, password: "hunter2" }));
    const draft = draftOf(table);
    expect(draft.scenario).toBe("staged");
    expect(draft.questions).toEqual([{ kind: "scenario" }]);
    expect(draft.unused).toMatchObject([{ column: "password", looks: [] }]);
    expect(JSON.stringify(draft)).not.toContain("hunter2");
  });

  it("that can't be read are warned of", () => {
    const draft = draftOf(withHash("hash", "$2b$10$tooshort"));
    expect(draft.passwordWarnings[0]).toMatch(/30 can't be used/);
    expect(draft.text).toContain("Mind: of the first 30 hashes");
  });
});

describe("what no attribute takes", () => {
  it("waits as a line for a custom attribute, with name, type and length", () => {
    const draft = draftOf(
      tableOf(["mail", "Kunden-Nr.", "Über uns", "id", "vip"], {
        mail: MAIL,
        "Kunden-Nr.": "1000#",
        id: "#",
        vip: "true",
      }),
    );
    expect(draft.proposed.map(({ proposal }) => [proposal.name, proposal.type])).toEqual([
      ["kundenNr", "string"],
      ["ueberUns", "string"],
      ["legacyId", "string"],
      ["vip", "boolean"],
    ]);
    expect(draft.text).toContain("  # kundenNr: Kunden-Nr.\n");
  });

  it("is mapped where the org has an attribute of its name", () => {
    const attributes = new Map(builtInSchema().attributes);
    const kundenNr = { name: "kundenNr", type: "string", required: false, custom: true } as const;
    attributes.set("kundenNr", kundenNr);
    const schema: DirectorySchema = { origin: "org", attributes, loginPattern: null };
    const draft = draftOf(tableOf(["mail", "Kunden_NR"], { mail: MAIL }), { schema });
    expect(mapped(draft)).toMatchObject({ kundenNr: "Kunden_NR" });
    expect(draft.proposed).toEqual([]);
  });

  it("asks whether the blocked are left out, and leaves out who was deleted", () => {
    const statuses = rows(30, (n) => ({
      mail: `p${n}@example.com`,
      Status: n % 3 ? "aktiv" : "gesperrt",
    }));
    const asked = draftOf(statuses);
    expect(asked.text).toContain(`# where: 'Status == "aktiv"'`);
    const expression = 'Status == "aktiv"';
    expect(asked.questions).toContainEqual(
      expect.objectContaining({ kind: "where", column: "Status", expression }),
    );
    const answeredBy = (isLeftOut: boolean): string =>
      draftOf(statuses, { answers: { leftOut: { [expression]: isLeftOut } } }).text;
    expect(answeredBy(true)).toContain(`\nwhere: 'Status == "aktiv"'\n`);
    expect(answeredBy(false)).not.toContain("where:");
    const blocked = rows(30, (n) => ({ mail: `p${n}@example.com`, blocked: n % 3 ? "0" : "1" }));
    expect(draftOf(blocked).text).toContain(`# where: 'string(blocked) != "1"'`);
    const deleted = rows(30, (n) => ({
      mail: `p${n}@example.com`,
      deletedAt: n % 3 ? "" : `2020-01-0${n % 9}`,
    }));
    const { text, questions } = draftOf(deleted);
    expect(text).toContain(`33 % of the records\nwhere: 'deletedAt == ""'\n`);
    expect(questions.map(({ kind }) => kind)).not.toContain("where");
  });

  it("leaves nobody out by a mark of which it is not clear what it means", () => {
    const marks = ["f", "t", "x"];
    const unclear = rows(30, (n) => ({ mail: `p${n}@example.com`, deleted: marks[n % 3] ?? "" }));
    expect(draftOf(unclear).text).not.toMatch(/^where/m);
    const states = ["active", "enabled", "active"];
    const words = rows(30, (n) => ({
      mail: `p${n}@example.com`,
      deletedState: n === 4 ? "purged" : (states[n % 3] ?? ""),
    }));
    expect(draftOf(words).text).not.toMatch(/^where/m);
    const nearlyAll = rows(30, (n) => ({ mail: `p${n}@example.com`, deleted: n > 3 ? "t" : "f" }));
    expect(draftOf(nearlyAll).text).not.toMatch(/^where/m);
  });

  it("writes several conditions as one, which a comment may go in the place of", () => {
    const table = rows(30, (n) => ({
      mail: `p${n}@example.com`,
      deleted: n % 5 ? "0" : "1",
      blocked: n % 3 ? "0" : "1",
    }));
    const both = `'(string(deleted) != "1") && (string(blocked) != "1")'`;
    expect(draftOf(table).text).toContain(`\nwhere: 'string(deleted) != "1"'\n`);
    expect(draftOf(table).text).toContain(`\n# where: ${both}\n`);
    const leftOut = { 'string(blocked) != "1"': true };
    expect(draftOf(table, { answers: { leftOut } }).text).toContain(`\nwhere: ${both}\n`);
  });

  it("shows no value that may be a person's own", () => {
    const table = rows(300, (n) => ({
      mail: `p${n}@example.com`,
      firstName: ["Ada", "Grace", "Edsger"][n % 3] ?? "",
      city: "Turing Town",
      note: `private matter ${n}`,
      plan: n % 2 ? "gold" : "silver",
    }));
    const { text } = draftOf(table);
    for (const value of ["Grace", "Turing", "private", "@example"])
      expect(text).not.toContain(value);
    expect(text).toContain('"gold" 50 %');
  });
});
