import { preset } from "./preset.ts";

/** A list of people in a workbook. */
export const excel = preset({
  name: "excel",
  title: "Excel: a sheet of a workbook (.xlsx), its columns matched by name",
  config: `
source: {preset: excel, path: FILE, format: xlsx}
`,
  needs: [],
  columns: [],
  notes: [
    "The first sheet is read unless `sheet:` or --sheet names another; hidden rows are read as well.",
  ],
});
