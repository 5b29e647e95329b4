import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { Secret } from "../core/index.ts";
import type { InventedUser } from "./invent-users.ts";
import { PASSWORDS_HEADER, renderHeader, renderPassword, renderUser } from "./render-users.ts";

const user: InventedUser = {
  id: 1001,
  email: "björn.o1@example.com",
  firstName: 'Björn "Bo"',
  lastName: "O'Neill, Jr.",
  mobile: null,
  department: "Sales,\nNorth",
  city: "Washington, D.C.",
  country: "US",
  createdAt: "2020-01-02T03:04:05Z",
  passwordHash: new Secret("$2b$04$invented"),
  password: new Secret('ember,"quoted"'),
};

describe("an invented user", () => {
  it("is one CSV record that another reader understands", () => {
    const rows: unknown = parse(renderHeader("csv") + renderUser(user, "csv"), { columns: true });
    expect(rows).toEqual([
      {
        id: "1001",
        email: user.email,
        first_name: user.firstName,
        last_name: user.lastName,
        mobile: "",
        department: user.department,
        city: user.city,
        country: "US",
        created_at: user.createdAt,
        password_hash: "$2b$04$invented",
      },
    ]);
  });

  it("is one line of NDJSON, where what is missing is null", () => {
    const line = renderHeader("ndjson") + renderUser(user, "ndjson");
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({ id: 1001, mobile: null, department: "Sales,\nNorth" });
  });

  it("stands in the passwords file with login and old password", () => {
    const rows: unknown = parse(PASSWORDS_HEADER + renderPassword(user), { columns: true });
    expect(rows).toEqual([{ login: user.email, password: 'ember,"quoted"' }]);
  });
});
