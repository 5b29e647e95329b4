/*
 * Which way the arrows point. The table is docs/architecture.md#arrows; this file enforces it.
 * Rooms meet only at their doors (index.ts); each npm library has one owner room.
 */

/** What a room may import, besides itself. `cli` and `src/index.ts` may import every room. */
const MAY_IMPORT = {
  core: [],
  mapping: ["core", "passwords/formats"],
  validation: ["core", "passwords/formats"],
  reports: ["core"],
  migration: ["core", "mapping", "validation"],
  sources: ["core"],
  okta: ["core"],
  journal: ["core", "platform"],
  passwords: ["core"],
  "passwords/formats": ["core"],
  hook: ["core", "passwords"],
  emulator: ["core", "passwords", "platform"],
  sample: ["core", "passwords"],
  canary: ["core", "passwords", "validation"],
  programme: ["core"],
  platform: ["core"],
};

/** Rooms that touch nothing: no node:, and npm libraries only where OWNED_BY names them. */
const PURE = ["core", "mapping", "validation", "reports", "passwords/formats"];

/** Rooms that touch nothing themselves and receive ports. */
const NO_NODE = [...PURE, "migration", "canary", "programme"];

/** Each runtime library and the rooms that may import it. */
const OWNED_BY = {
  undici: ["okta"],
  jose: ["emulator", "okta"],
  oauth4webapi: ["okta"],
  libsql: ["hook", "journal", "sources"],
  "@redis/client": ["hook"],
  pg: ["sources"],
  "pg-cursor": ["sources"],
  mysql2: ["sources"],
  tedious: ["sources"],
  hucre: ["sources"],
  "iconv-lite": ["sources"],
  "@node-rs/bcrypt": ["passwords"],
  "@node-rs/argon2": ["passwords"],
  "hash-wasm": ["passwords"],
  yaml: ["mapping"],
  zod: ["mapping"],
  "@marcbachmann/cel-js": ["mapping"],
  "cldr-core": ["mapping"],
  "libphonenumber-js": ["mapping"],
  "@napi-rs/keyring": ["platform"],
  "prom-client": ["hook"],
  ldapts: ["hook", "sources"],
  commander: ["cli"],
  "@clack/prompts": ["cli"],
  picocolors: ["cli"],
};

/** Doors inside a room that count as doors of their own. */
const INNER_DOORS = ["passwords/formats"];

const TEST = "\\.test\\.ts$";
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const anyOf = (names) => names.map(escape).join("|");

const arrows = Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
  name: `arrow-${room}`,
  comment: `${room} may import ${allowed.join(", ") || "no other room"} (docs/architecture.md#arrows)`,
  severity: "error",
  from: { path: `^src/${room}/`, pathNot: TEST },
  to: {
    path: "^src/",
    pathNot: `^src/(${anyOf([room, ...allowed])})/`,
  },
}));

const owners = Object.entries(OWNED_BY).map(([library, rooms]) => ({
  name: `owned-${library.replace(/\W+/g, "-")}`,
  comment: `${library} belongs to ${rooms.join(", ")}; other rooms ask there`,
  severity: "error",
  from: { path: "^src/", pathNot: [`^src/(${anyOf(rooms)})/`, TEST] },
  to: { path: `(^|/)node_modules/${escape(library)}/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    ...owners,
    {
      name: "door",
      comment: "rooms meet at their index.ts, never behind it",
      severity: "error",
      from: { path: "^src/([^/]+)/", pathNot: TEST },
      to: {
        path: "^src/[^/]+/",
        pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", `^src/(${anyOf(INNER_DOORS)})/index\\.ts$`],
      },
    },
    {
      name: "door-of-the-roof",
      comment: "src/index.ts imports doors only",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/", pathNot: "^src/[^/]+/index\\.ts$" },
    },
    {
      name: "test-at-home",
      comment: "a unit test imports its own room and the doors of others; across rooms: test/",
      severity: "error",
      from: { path: `^src/([^/]+)/.*${TEST}` },
      to: {
        path: "^src/",
        pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", `^src/(${anyOf(INNER_DOORS)})/index\\.ts$`],
      },
    },
    {
      name: "emulator-apart-from-okta",
      comment: "they meet over HTTP and in fixtures only, so that one misreading can't pass both",
      severity: "error",
      from: { path: "^src/(emulator|okta)/" },
      to: { path: "^src/(emulator|okta)/", pathNot: "^src/$1/" },
    },
    {
      name: "nothing-imports-the-edge",
      comment: "cli and src/index.ts wire; nothing imports them",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(cli/|index\\.ts$)" },
      to: { path: "^src/(cli/|index\\.ts$)" },
    },
    {
      name: "pure-rooms-touch-nothing",
      comment: "these rooms have no files, clock, network or process",
      severity: "error",
      from: { path: `^src/(${anyOf(NO_NODE)})/`, pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-rooms-own-their-libraries",
      comment: "a pure room imports an npm library only if it is as pure, and owned by the room",
      severity: "error",
      from: { path: `^src/(${anyOf(NO_NODE)})/`, pathNot: TEST },
      to: {
        path: "(^|/)node_modules/",
        pathNot: `(^|/)node_modules/(${anyOf(
          Object.keys(OWNED_BY).filter((library) =>
            OWNED_BY[library].some((room) => PURE.includes(room)),
          ),
        )})/`,
      },
    },
    {
      name: "libraries-have-owners",
      comment: "a runtime library that OWNED_BY does not name belongs to no room yet: add it there",
      severity: "error",
      from: { path: "^src/", pathNot: TEST },
      to: {
        path: "(^|/)node_modules/",
        pathNot: `(^|/)node_modules/(${anyOf(Object.keys(OWNED_BY))})/`,
      },
    },
    {
      name: "no-test-in-the-product",
      comment: "what ships imports no test and no development dependency",
      severity: "error",
      from: { path: "^src/", pathNot: TEST },
      to: { path: [TEST, "^test/"] },
    },
    {
      name: "no-circles",
      comment: "two files that need each other are one file, or three",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "an import that resolves to nothing",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".mjs", ".js", ".cjs", ".d.ts"],
    },
  },
};
