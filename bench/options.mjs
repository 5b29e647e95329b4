// The flags of the bench.
import { parseArgs } from "node:util";

/**
 * Reads the flags.
 *
 * @param {readonly string[]} known names of the measurements
 * @throws {Error} one sentence, where a flag makes no sense
 */
export function readOptions(known) {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const only = values.only === undefined ? known : values.only.split(",");
  const stranger = only.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new Error(`--only: there is no ${stranger}; there is ${known.join(", ")}`);
  }
  return { only: new Set(only), quick: values.quick, jsonFile: values.json, help: values.help };
}
