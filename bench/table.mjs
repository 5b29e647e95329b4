// The figures, for people.

/** Prints rows under one another; each with its floor, whether it was met, and what it was. */
export function printRows(rows, print) {
  const name = widest(rows, "name");
  const figure = widest(rows, "figure");
  for (const row of rows) {
    const verdict = row.met === undefined ? " " : row.met ? "+" : "!";
    const floor = row.floor === undefined ? "" : `  (${row.floor})`;
    print(`${verdict} ${row.name.padEnd(name)}  ${row.figure.padEnd(figure)}${floor}`);
    if (row.detail !== undefined) print(`    ${row.detail}`);
  }
}

/** Prints what the figures were measured on. */
export function printMachine(facts, print) {
  print(
    `${facts.date}  ${facts.cpu}, ${facts.cores} cores, ${facts.memoryGb} GB, ${facts.system}, ` +
      `Node ${facts.node}, files on ${facts.files}`,
  );
  print(`load before the start: ${facts.loadBefore}`);
}

function widest(rows, name) {
  return Math.max(...rows.map((row) => row[name].length));
}

/** What a process took: processor time, and how long its main thread waited for a core. */
export function costOf({ cpuMs, waitedMs }) {
  if (cpuMs === undefined) return "processor time not known";
  return `processor ${inSeconds(cpuMs)}, waited ${inSeconds(waitedMs)} for a core`;
}

function inSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
