// What is fed to the programs that are measured: invented users, always the same ones.
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cliArguments, runNode } from "./children.mjs";

/** The columns of {@link wideFile}. */
export const WIDE_COLUMNS = [
  "id",
  "email",
  "first_name",
  "last_name",
  "mobile",
  "department",
  "city",
  "country",
  "created_at",
  "password_hash",
  "title",
  "employee_number",
];
const TITLES = ["Engineer", "Clerk", "Head of Sales, North", 'Nurse "on call"', "Teacher"];

/** A file of so many users with bcrypt hashes, as `sample` writes it; made once. */
export async function userFile(folder, users, format = "csv") {
  const file = join(folder, `users-${users}.${format}`);
  if (existsSync(file)) return file;
  const args = ["sample", "--users", String(users), "--format", format, "--out", file];
  await runNode(cliArguments(args), { cwd: folder });
  return file;
}

/** The same users with twelve columns, in CSV or NDJSON. */
export async function wideFile(folder, users, format = "csv") {
  const file = join(folder, `wide-${users}.${format}`);
  const out = createWriteStream(file);
  let block = format === "csv" ? `${WIDE_COLUMNS.join(",")}\n` : "";
  for await (const user of readUsers(await userFile(folder, users, "ndjson"))) {
    const record = {
      ...user,
      title: TITLES[user.id % TITLES.length],
      employee_number: `E${user.id}`,
    };
    block +=
      format === "csv"
        ? `${WIDE_COLUMNS.map((name) => csvField(String(record[name]))).join(",")}\n`
        : `${JSON.stringify(record)}\n`;
    if (block.length < 1 << 18) continue;
    if (!out.write(block)) await once(out, "drain");
    block = "";
  }
  out.end(block);
  await once(out, "close");
  return file;
}

/**
 * What the command line sends for these users, in the same order: the peers send it too, so that
 * all ask the same work of the org.
 */
export async function userBodies(folder, users) {
  const bodies = [];
  for await (const user of readUsers(await userFile(folder, users, "ndjson"))) {
    const [, , workFactor, rest] = user.password_hash.split("$");
    bodies.push({
      profile: {
        login: user.email,
        firstName: user.first_name,
        lastName: user.last_name,
        email: user.email,
        mobilePhone: user.mobile,
        city: user.city,
        countryCode: user.country,
        department: user.department,
      },
      credentials: {
        password: {
          hash: {
            algorithm: "BCRYPT",
            workFactor: Number(workFactor),
            salt: rest.slice(0, 22),
            value: rest.slice(22),
          },
        },
      },
    });
  }
  return bodies;
}

/** A certificate for this machine and its key; undefined where there is no `openssl`. */
export function makeCertificate(folder) {
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  if (existsSync(files.cert)) return files;
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const paths = ["-keyout", files.key, "-out", files.cert, "-days", "2"];
  try {
    execFileSync("openssl", ["req", "-x509", ...curve, ...names, ...paths], { stdio: "ignore" });
    return files;
  } catch {
    return undefined;
  }
}

/** The users of such a file, one after the other. */
export async function* readUsers(file) {
  for await (const line of createInterface({ input: createReadStream(file) }))
    yield JSON.parse(line);
}

function csvField(value) {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
