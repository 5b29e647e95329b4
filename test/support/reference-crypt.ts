import { spawnSync } from "node:child_process";

/** A password and the setting to hash it with, such as `$6$salt$`. */
export interface CryptInput {
  readonly password: Uint8Array;
  readonly setting: string;
}

/** Reads lines of a password in hexadecimal and a setting; writes what `crypt(3)` makes of each. */
const PROGRAM = `while (<STDIN>) {
  my ($hex, $setting) = split " ";
  print crypt(pack("H*", substr($hex, 1)), $setting), "\\n";
}`;

/** What the system's own `crypt(3)` makes of passwords, asked through Perl. */
export function referenceCrypt(inputs: readonly CryptInput[]): readonly string[] {
  const lines = inputs.map(
    ({ password, setting }) => `x${Buffer.from(password).toString("hex")} ${setting}\n`,
  );
  const { stdout } = spawnSync("perl", ["-e", PROGRAM], {
    input: lines.join(""),
    encoding: "utf8",
  });
  return (stdout ?? "").split("\n").slice(0, inputs.length);
}

/** Why {@link referenceCrypt} can't be asked for a setting here; undefined when it can. */
export function lackOfCrypt(setting: string): string | undefined {
  const [text = ""] = referenceCrypt([{ password: Buffer.from("x"), setting }]);
  return text.startsWith(setting) ? undefined : "this system's crypt(3) does not know it";
}
