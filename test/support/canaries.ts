import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";

/** Known secrets, by what they are. */
export type Canaries = Readonly<Record<string, string>>;

/** Where a secret was found, and in which form. Does not hold it. */
export interface Leak {
  readonly secret: string;
  readonly form: string;
  readonly where: string;
}

/** Looks for secrets in outputs and files, in every form in which they could hide. */
export class LeakSearch {
  readonly #needles: readonly {
    readonly secret: string;
    readonly form: string;
    readonly bytes: Buffer;
  }[];

  constructor(canaries: Canaries) {
    this.#needles = Object.entries(canaries).flatMap(([secret, text]) =>
      formsOf(text).map(([form, bytes]) => ({ secret, form, bytes })),
    );
  }

  /** The forms that are looked for, each of each secret: to be planted, and to be found. */
  forms(): readonly (readonly [name: string, bytes: Buffer])[] {
    return this.#needles.map(({ secret, form, bytes }) => [`${secret} ${form}`, bytes]);
  }

  inText(where: string, text: string): readonly Leak[] {
    return this.inBytes(where, Buffer.from(text));
  }

  inBytes(where: string, bytes: Buffer): readonly Leak[] {
    return this.#needles
      .filter((needle) => bytes.includes(needle.bytes))
      .map(({ secret, form }) => ({ secret, form, where }));
  }

  /** In every file below a folder, and in its name; but not in those that are given. */
  inFolder(folder: string, except: readonly string[] = []): readonly Leak[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => !except.includes(name))
      .flatMap((name) => [
        ...this.inText(`name of ${name}`, name),
        ...(statSync(join(folder, name)).isFile()
          ? this.inBytes(name, readFileSync(join(folder, name)))
          : []),
      ]);
  }

  /** In what a running process shows of itself, and in its open files, those without a name too. */
  inProcess(pid: number, except: readonly string[] = []): readonly Leak[] {
    const leaks = ["cmdline", "comm", "status"].flatMap((name) =>
      this.inBytes(`/proc: ${name}`, readFileSync(`/proc/${pid}/${name}`)),
    );
    for (const number of readdirSync(`/proc/${pid}/fd`)) {
      const path = `/proc/${pid}/fd/${number}`;
      const target = readlinkSync(path);
      if (!target.startsWith("/") || except.some((name) => target.endsWith(name))) continue;
      if (statSync(path).isFile()) leaks.push(...this.inBytes(target, readFileSync(path)));
    }
    return leaks;
  }
}

function formsOf(text: string): readonly (readonly [string, Buffer])[] {
  const bytes = Buffer.from(text);
  const forms: (readonly [string, string | Buffer])[] = [
    ["raw", text],
    ["lower case", text.toLowerCase()],
    ["json", JSON.stringify(text).slice(1, -1)],
    ["url", encodeURIComponent(text)],
    ["url, all", [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")],
    ["hex", bytes.toString("hex")],
    ["hex, upper case", bytes.toString("hex").toUpperCase()],
    ["utf-16", Buffer.from(text, "utf16le")],
    ["doubled quotes", text.replaceAll('"', '""')],
    ["html", text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")],
  ];
  // Base64 inside a longer text begins at any of three places of a group.
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    const sure = encoded.slice(Math.ceil((shift * 8) / 6), -4);
    forms.push([`base64 at ${shift}`, sure]);
    forms.push([`base64url at ${shift}`, sure.replaceAll("+", "-").replaceAll("/", "_")]);
  }
  const distinct = new Map<string, readonly [string, Buffer]>();
  for (const [form, value] of forms) {
    const found = Buffer.from(value);
    if (!distinct.has(found.toString("hex"))) distinct.set(found.toString("hex"), [form, found]);
  }
  return [...distinct.values()];
}
