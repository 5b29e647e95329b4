// How fast records are read, mapped and validated on one core.
import { join } from "node:path";
import { WIDE_COLUMNS, wideFile } from "./inputs.mjs";
import { measurePinnedCheck } from "./pinned-check.mjs";

const LEAST_PER_SECOND = 50_000;

/** One `check` of each format, start of the process included. */
export async function measureCheckSpeed({ folder, quick }) {
  const records = quick ? 100_000 : 1_000_000;
  return [
    await measureFile(await wideFile(folder, records), { folder, records, format: "CSV" }),
    await measureFile(await wideFile(folder, records, "ndjson"), {
      folder,
      records,
      format: "NDJSON",
    }),
  ];
}

async function measureFile(file, { folder, records, format }) {
  return await measurePinnedCheck([file, "--run", join(folder, `check-${format}`)], {
    folder,
    name: `check of ${records} in ${format}`,
    records,
    least: LEAST_PER_SECOND,
    what: (attributes) =>
      `${format} of ${WIDE_COLUMNS.length} columns, ${attributes} attributes and a bcrypt hash`,
  });
}
