// A source with everything that makes accounting hard, and what must become of each row.

const BCRYPT = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * @returns the CSV, and for each login that is to be in the org its line
 */
export function inventSource(choices, { users, bad, tag }) {
  const lines = ["email,firstName,lastName,department,password_hash"];
  /** @type {Map<string, number>} */
  const good = new Map();
  let rejected = 0;
  const badEvery = bad === 0 ? Infinity : Math.max(1, Math.floor((users + bad) / bad));
  for (let made = 0, refused = 0; made < users || refused < bad;) {
    const isBad = refused < bad && (made >= users || lines.length % badEvery === 0);
    if (isBad) {
      refused += 1;
      rejected += 1;
      lines.push(badRow(choices, refused, [...good.keys()].at(-1)));
      continue;
    }
    made += 1;
    const login = goodLogin(made, tag);
    lines.push([login, `Ann${made}`, "Example", "Sales", hash(choices)].join(","));
    good.set(login, lines.length);
  }
  return { csv: `${lines.join("\n")}\n`, rows: lines.length - 1, good, rejected };
}

function goodLogin(number, tag) {
  if (number % 29 === 0) return `part/${number}.${tag}@example.com`;
  if (number % 31 === 0) return `zoë${number}.${tag}@example.com`;
  if (number % 37 === 0) return `Mixed.Case${number}.${tag}@Example.com`;
  return `ann${number}.${tag}@example.com`;
}

function badRow(choices, number, taken) {
  switch (number % 3) {
    case 0:
      return `nobody${number},Bad,Row,None,${hash(choices)}`;
    case 1:
      return `missing${number}@example.com,,Row,None,${hash(choices)}`;
    default:
      return taken === undefined
        ? `x${number},Bad,Row,None,${hash(choices)}`
        : `${taken.toUpperCase()},Bad,Double,None,${hash(choices)}`;
  }
}

function hash(choices) {
  return `$2b$04$${choices.text(21, BCRYPT)}${choices.one([".", "O", "e", "u"])}${choices.text(31, BCRYPT)}`;
}
