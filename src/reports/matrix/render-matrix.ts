import { printable } from "../../core/index.ts";
import { formatCount } from "../format-number.ts";
import type { MatrixRow } from "./mapping-matrix.ts";

const COLUMNS: readonly (readonly [key: keyof MatrixRow, header: string])[] = [
  ["source", "source"],
  ["target", "target"],
  ["type", "type"],
  ["longest", "longest"],
  ["maxLength", "max length"],
  ["required", "required"],
  ["unique", "unique"],
  ["personalData", "personal data"],
  ["transform", "transform"],
  ["fillRate", "fill rate"],
  ["migrated", "migrated"],
];
const NUMBERS: ReadonlySet<keyof MatrixRow> = new Set(["longest", "maxLength", "fillRate"]);

/** The header of `mapping-matrix.csv`. */
export function matrixHeader(): readonly string[] {
  return COLUMNS.map(([, header]) => header);
}

/** A row of it. */
export function matrixRow(row: MatrixRow): readonly string[] {
  return COLUMNS.map(([key]) => row[key]);
}

/** What a page says above the matrix. */
export interface MatrixPage {
  readonly source: string;
  /** Undefined without an org: its limits are then Okta's documented ones. */
  readonly org: string | undefined;
  /** Records that were looked at. */
  readonly records: number;
  /** Records that `where` left out. */
  readonly leftOut: number | undefined;
}

/** `mapping-matrix.html`: one page without scripts and without anything from elsewhere. */
export function renderMatrixPage(rows: readonly MatrixRow[], page: MatrixPage): string {
  const { records, leftOut, org } = page;
  const without =
    leftOut === undefined ? "" : `, ${formatCount(leftOut)} left out by <code>where</code>`;
  const limits =
    org === undefined
      ? "no org was asked: types and limits are Okta's documented ones"
      : `types and limits are those of ${escapeHtml(org)}`;
  const moved = rows.filter(({ migrated }) => migrated === "yes").length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mapping matrix: ${escapeHtml(page.source)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Mapping matrix</h1>
<p><strong>${escapeHtml(page.source)}</strong>: ${formatCount(records)} records${without}; ${limits}.</p>
<p>${formatCount(moved)} of ${formatCount(rows.length)} fields are migrated. Personal data is judged by the names of the fields and is to be gone over: <em>direct</em> names or reaches a person, <em>indirect</em> tells something about one, <em>sensitive</em> is guarded more, <em>secret</em> is password material and is shown nowhere.</p>
<table>
<caption>Every field of the source, and what becomes of it</caption>
<thead>
<tr>${COLUMNS.map(([, header]) => `<th scope="col">${header}</th>`).join("")}</tr>
</thead>
<tbody>
${rows.map(rowHtml).join("\n")}
</tbody>
</table>
</body>
</html>
`;
}

function rowHtml(row: MatrixRow): string {
  const cells = COLUMNS.map(([key], index) => {
    const text = escapeHtml(row[key]);
    if (index === 0) return `<th scope="row">${text}</th>`;
    return NUMBERS.has(key) ? `<td class="number">${text}</td>` : `<td>${text}</td>`;
  });
  return `<tr${row.migrated === "no" ? ' class="stays"' : ""}>${cells.join("")}</tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
p { max-width: 75ch; }
table { border-collapse: collapse; margin-top: 1rem; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid #8888; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: #8882; position: sticky; top: 0; }
tbody th { font-weight: 600; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.stays th, .stays td { font-style: italic; }
@media print {
  @page { size: landscape; margin: 1cm; }
  body { font-size: 9pt; margin: 0; }
  thead { display: table-header-group; }
  thead th { position: static; }
  tr { break-inside: avoid; }
}
`;
