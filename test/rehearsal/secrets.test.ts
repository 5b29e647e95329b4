import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Canaries, type Leak, LeakSearch } from "../support/canaries.ts";
import { type MiniAnswer, type MiniOptions, refusal, startMiniOrg } from "../support/mini-org.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { shortForm } from "../support/short-form.ts";

/** Known secrets of every kind; what stands in the source, the config, the environment. */
const CANARIES = {
  salt: "CANARYsaltCANARYsalt.u",
  value: "CANARYvalueCANARYvalueCANARYval",
  digest: "Q0FOQVJZZGlnZXN0Q0FOQVJZZGlnZXN0Q0FOQVJZZGk=",
  digestSalt: "Q0FOQVJZc2FsdHlzYWx0",
  password: 'Canary-"clear"-Pässword/+ 4711',
  token: "00CANARYtokenCANARYtokenCANARYtokenCANARY1",
  urlPassword: "CanaryInTheAddress99",
  configHash: "CANARYconfigCANARYconfigCANARYc",
  odd: "$1$CANARYod$CANARYoddCANARYoddCANARY",
  accessToken: "eyJCANARYaccess.eyJCANARYtoken.CANARYsignature",
  proxyPassword: "CanaryOfTheProxy42",
  deviceCode: "CANARYdeviceCANARYdeviceCANARYdevice",
  refreshToken: "CANARYrefreshCANARYrefreshCANARYrefresh",
  nextRefreshToken: "CANARYnextCANARYnextCANARYnextCANARY",
} satisfies Canaries;
/** A service app's key: a secret of this process, in lines of a PEM. */
const PEM = String(
  generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
    type: "pkcs8",
    format: "pem",
  }),
);
const KEY_LINES = PEM.split("\n").slice(3, 6);
const SEARCH = new LeakSearch({
  ...CANARIES,
  keyLine: KEY_LINES[0] ?? "",
  anotherKeyLine: KEY_LINES[1] ?? "",
});
const BCRYPT = `$2b$10$${CANARIES.salt}${CANARIES.value}`;
const LEVELS = ["error", "warn", "info", "debug", "trace"] as const;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const row = (login: string, hash: string): string =>
  [login, "Ann", "Example", quoted(hash), quoted(CANARIES.password)].join(",");

/** Good rows, and every bad one that holds a hash where it should not. */
const CSV = [
  "email,firstName,lastName,passwordHash,password",
  row("ann1@example.com", BCRYPT),
  row("ann2@example.com", BCRYPT),
  row("ann3@example.com", BCRYPT),
  row("no-address", BCRYPT),
  row("ann4@example.com", `${BCRYPT}x`),
  row("ann5@example.com", CANARIES.odd),
  `ann6@example.com,Ann,Example,${BCRYPT}`,
  `ann7@example.com,Ann,Example,"${BCRYPT}"and more,${CANARIES.odd}`,
  row("ann8@example.com", BCRYPT),
  `${BCRYPT},${CANARIES.odd},Example,${BCRYPT},x`,
  `ann9@example.com,Ann,Example,"${BCRYPT},never closed`,
].join("\n");

const NDJSON = [
  { email: "bob1@example.com", firstName: "Bob", lastName: "Example", passwordHash: okta() },
  {
    email: "bob2@example.com",
    firstName: "Bob",
    lastName: "Example",
    passwordHash: okta("SHA-999"),
  },
  { email: "bob3@example.com", firstName: "", lastName: "Example", passwordHash: okta() },
  {
    email: "bob4@example.com",
    firstName: "Bob",
    lastName: "Example",
    passwordHash: { a: [BCRYPT] },
  },
]
  .map((record) => JSON.stringify(record))
  .concat(`{"email":"bob5@example.com","passwordHash":"${BCRYPT}"`, `"${BCRYPT}"`)
  .join("\n");

function okta(algorithm = "SHA-256"): object {
  return { algorithm, salt: CANARIES.digestSalt, saltOrder: "PREFIX", value: CANARIES.digest };
}

interface Scene {
  readonly folder: string;
  readonly tmp: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Files with secrets in a folder of their own, and an empty place for temporary files. */
function makeScene(env: Readonly<Record<string, string>> = {}): Scene {
  const folder = makeTempFolder();
  const tmp = join(folder, "tmp");
  mkdirSync(tmp);
  for (const [name, text] of [
    ["users.csv", CSV],
    ["people.ndjson", NDJSON],
  ] as const) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o600);
  }
  return { folder, tmp, env: { TMPDIR: tmp, OKTA_API_TOKEN: CANARIES.token, ...env } };
}

const SOURCES = ["users.csv", "people.ndjson", "migration.yaml", "key.pem"];

async function run(
  scene: Scene,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliEnd> {
  return runCli(args, { cwd: scene.folder, env: { ...scene.env, ...env } });
}

/** Everything that a command left, on its outputs and in its files. */
function leaksOf(scene: Scene, ...ends: readonly CliEnd[]): readonly Leak[] {
  return [
    ...ends.flatMap(({ stdout, stderr }) => [
      ...SEARCH.inText("stdout", stdout),
      ...SEARCH.inText("stderr", stderr),
    ]),
    ...SEARCH.inFolder(scene.folder, SOURCES),
  ];
}

const IMPORT = ["import", "users.csv", "--run", "run", "--yes"];

/** An org that quotes all of a request in what it answers. */
function quoting(answer: (all: string) => MiniAnswer): MiniOptions {
  return {
    answer: ({ kind, request, earlierForLogin, act }) => {
      if (kind !== "create" || earlierForLogin > 0) return act();
      return answer(`${request.body} ${String(request.headers["authorization"])} ${BCRYPT}`);
    },
  };
}

/** Signs anybody in, with tokens that are over at once, but for one app, whose refusal quotes all. */
function answerSignIn(path: string, body: string, url: string): MiniAnswer {
  const json = (status: number, value: object): MiniAnswer => ({
    status,
    body: JSON.stringify(value),
  });
  if (path.endsWith("/device/authorize")) {
    return json(200, {
      device_code: CANARIES.deviceCode,
      user_code: "ABCD",
      verification_uri: `${url}/activate`,
      expires_in: 600,
      interval: 1,
    });
  }
  if (path.endsWith("/revoke")) return { status: 200, body: "" };
  if (path.endsWith("/introspect"))
    return json(200, { active: true, username: CANARIES.accessToken });
  if (body.includes("denied")) {
    return json(400, { error: "access_denied", error_description: body });
  }
  return json(200, {
    access_token: CANARIES.accessToken,
    token_type: "Bearer",
    expires_in: 30,
    refresh_token: body.includes("refresh_token=")
      ? CANARIES.nextRefreshToken
      : CANARIES.refreshToken,
    id_token: CANARIES.accessToken,
    scope: `okta.users.manage okta.users.read okta.schemas.read ${CANARIES.accessToken}`,
  });
}

describe("the search for secrets", () => {
  it("finds each of them in each form, and in a file of a folder", () => {
    const folder = makeTempFolder();
    for (const [index, [name, bytes]] of SEARCH.forms().entries()) {
      const planted = Buffer.concat([Buffer.from("…"), bytes, Buffer.from("…")]);
      expect(SEARCH.inBytes("here", planted).length, name).toBeGreaterThan(0);
      writeFileSync(join(folder, `planted-${index}`), planted);
    }
    const found = new Set(SEARCH.inFolder(folder).map(({ where }) => where));
    expect(found.size).toBe(SEARCH.forms().length);
    const wrapped = Buffer.from(`ab${BCRYPT}`).toString("base64");
    expect(SEARCH.inText("here", wrapped)).not.toEqual([]);
  });

  it("finds them in the source, and in a process that was given one", async () => {
    const scene = makeScene();
    expect(new Set(SEARCH.inFolder(scene.folder).map(({ secret }) => secret))).toContain("value");
    const running = startCli(["import", "-", CANARIES.token], { env: {}, openInput: true });
    expect(SEARCH.inProcess(Number(running.child.pid))).not.toEqual([]);
    running.child.kill("SIGKILL");
    await running.ended;
  });
});

describe("no secret leaves", () => {
  it.each(shortForm(LEVELS, 2))(
    "a check, a dry run and an import, with the log at %s",
    async (level) => {
      const org = await startMiniOrg();
      const scene = makeScene({ OKTA_ORG_URL: org.url, OKTA_MIGRATE_LOG: level });
      const ends: CliEnd[] = [];
      for (const json of level === "trace" || level === "error" ? [[], ["--json"]] : [["--json"]]) {
        ends.push(await run(scene, ["check", "users.csv", "--run", "checked", ...json]));
        ends.push(await run(scene, [...IMPORT, "--dry-run", "--show-request", ...json]));
        ends.push(await run(scene, [...IMPORT, ...json]));
      }
      ends.push(await run(scene, ["import", "people.ndjson", "--run", "people", "--yes"]));
      ends.push(await run(scene, ["status", "--run", "run"]));
      expect(ends.map(({ code }) => code)).not.toContain(70);
      // They were on the way, in clear, where they belong.
      const sent = org.requests.map(({ body }) => body).join("\n");
      for (const secret of ["salt", "value", "digest"] as const)
        expect(sent).toContain(CANARIES[secret]);
      expect(sent).not.toContain("Canary-");
      expect(leaksOf(scene, ...ends)).toEqual([]);
    },
  );

  it.each<readonly [string, (all: string) => MiniAnswer]>(
    shortForm<readonly [string, (all: string) => MiniAnswer]>(
      [
        ["a refusal's causes", (all) => refusal(400, "E0000001", all, `password: ${all}`)],
        [
          "a refusal's summary",
          (all) => ({
            ...refusal(400, "E0000002"),
            body: JSON.stringify({ errorCode: "E0000002", errorSummary: all }),
          }),
        ],
        ["a refusal of one record", (all) => refusal(403, "E0000080", all)],
        ["a refused token", (all) => refusal(401, "E0000011", all)],
        ["an error of its own", (all) => refusal(500, "E0000009", all)],
        [
          "an error code",
          (all) => ({
            status: 400,
            body: JSON.stringify({ errorCode: all, error: all, error_description: all }),
          }),
        ],
        [
          "a redirect",
          (all) => ({
            status: 302,
            body: "",
            headers: [
              [
                "location",
                `https://${encodeURIComponent(all)}.example.com/?${encodeURIComponent(all)}`,
              ],
            ],
          }),
        ],
        [
          "a page for people",
          (all) => ({
            status: 403,
            body: `<html>${all}</html>`,
            headers: [["content-type", "text/html"]],
          }),
        ],
        [
          "its headers",
          (all) => ({
            ...refusal(400, "E0000003"),
            headers: [
              ["x-okta-request-id", BCRYPT],
              ["www-authenticate", `Bearer error="${all.replaceAll('"', "'")}"`],
            ],
          }),
        ],
        ["an id", () => ({ status: 200, body: JSON.stringify({ id: BCRYPT, status: BCRYPT }) })],
      ],
      3,
    ),
  )("an org that quotes the request in %s", async (_, answer) => {
    const org = await startMiniOrg(quoting(answer));
    const scene = makeScene({ OKTA_ORG_URL: org.url, OKTA_MIGRATE_LOG: "trace" });
    const ends = [await run(scene, [...IMPORT, "--json"]), await run(scene, IMPORT)];
    expect(ends.map(({ code }) => code)).not.toContain(70);
    expect(leaksOf(scene, ...ends)).toEqual([]);
  });

  it.each<readonly [string, (all: string) => MiniAnswer]>([
    [
      "gives a token",
      () => ({
        status: 200,
        body: JSON.stringify({
          access_token: CANARIES.accessToken,
          token_type: "Bearer",
          expires_in: 3600,
        }),
      }),
    ],
    [
      "refuses",
      (all) => ({
        status: 401,
        body: JSON.stringify({ error: "invalid_client", error_description: all }),
      }),
    ],
    ["answers with a page", (all) => ({ status: 403, body: `<html>${all}</html>` })],
  ])("a service app whose org %s, and quotes what it was sent", async (_, answer) => {
    const proofs: string[] = [];
    const org = await startMiniOrg({
      answer: ({ request, kind, act }) => {
        proofs.push(
          String(request.headers["dpop"]),
          request.body.split("client_assertion=")[1] ?? "",
        );
        const all = `${request.body} ${JSON.stringify(request.headers)}`;
        if (request.path === "/oauth2/v1/token") return answer(all);
        return kind === "create" ? refusal(400, "E0000001", all) : act();
      },
    });
    const scene = makeScene({ OKTA_ORG_URL: org.url, OKTA_MIGRATE_LOG: "trace" });
    writeFileSync(join(scene.folder, "key.pem"), PEM, { mode: 0o600 });
    const app = { OKTA_API_TOKEN: "", OKTA_CLIENT_ID: "0oa1", OKTA_PRIVATE_KEY_FILE: "key.pem" };
    const ends = [await run(scene, IMPORT, app), await run(scene, [...IMPORT, "--json"], app)];
    expect(ends.map(({ code }) => code)).not.toContain(70);
    expect(leaksOf(scene, ...ends)).toEqual([]);
    // Claims and signatures; what they begin with is alike in all of them.
    const parts = proofs.filter((text) => text.startsWith("eyJ")).map((text) => text.split("."));
    expect(parts.length).toBeGreaterThan(0);
    const search = new LeakSearch(
      Object.fromEntries(
        parts.flatMap(([, claims = "", signature = ""], at) => [
          [`claims ${at}`, claims.slice(0, 60)],
          [`signature ${at}`, signature.slice(0, 60)],
        ]),
      ),
    );
    const shown = ends.map(({ stdout, stderr }) => stdout + stderr).join("");
    expect([...search.inText("shown", shown), ...search.inFolder(scene.folder, SOURCES)]).toEqual(
      [],
    );
  });

  it("somebody's sign-in, its renewal and its end, whatever the org quotes", async () => {
    const forms: string[] = [];
    const org = await startMiniOrg({
      answer: ({ request, kind, act }) => {
        const all = `${request.body} ${JSON.stringify(request.headers)}`;
        if (request.path.startsWith("/oauth2/")) {
          forms.push(request.body);
          return answerSignIn(request.path, request.body, org.url);
        }
        return kind === "create" ? refusal(400, "E0000001", all) : act();
      },
    });
    // What login keeps is meant to hold the tokens, and stands elsewhere.
    const config = makeTempFolder();
    const scene = makeScene({
      OKTA_ORG_URL: org.url,
      OKTA_MIGRATE_LOG: "trace",
      XDG_CONFIG_HOME: config,
      OKTA_API_TOKEN: "",
    });
    const login = await run(scene, ["login", "--client-id", "0oa1", "--json"]);
    expect(SEARCH.inFolder(config).map(({ secret }) => secret)).toContain("refreshToken");
    const ends = [
      login,
      await run(scene, [...IMPORT, "--json"]),
      await run(scene, ["logout"]),
      await run(scene, ["login", "--client-id", "denied"]),
    ];
    expect(ends.map(({ code }) => code)).toEqual([0, 1, 0, 4]);
    for (const secret of ["deviceCode", "refreshToken", "nextRefreshToken"] as const) {
      expect(forms.join()).toContain(CANARIES[secret]);
    }
    expect(leaksOf(scene, ...ends)).toEqual([]);
    expect(SEARCH.inFolder(config)).toEqual([]);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>(
    shortForm<readonly [string, Readonly<Record<string, string>>]>(
      [
        [
          "an address with a password",
          { OKTA_ORG_URL: `https://admin:${CANARIES.urlPassword}@example.okta.com` },
        ],
        [
          "a token with a line break",
          { OKTA_ORG_URL: "http://127.0.0.1:9", OKTA_API_TOKEN: `${CANARIES.token}\nx` },
        ],
        [
          "two credentials",
          { OKTA_ORG_URL: "http://127.0.0.1:9", OKTA_ACCESS_TOKEN: CANARIES.token },
        ],
        ["a token where the address should be", { OKTA_ORG_URL: CANARIES.token }],
        [
          "a token where the log level should be",
          { OKTA_ORG_URL: "http://127.0.0.1:9", OKTA_MIGRATE_LOG: CANARIES.token },
        ],
        [
          "a token where the timeout should be",
          { OKTA_ORG_URL: "http://127.0.0.1:9", OKTA_MIGRATE_REQUEST_TIMEOUT_MS: CANARIES.token },
        ],
        ["nobody there", { OKTA_ORG_URL: "http://127.0.0.1:9" }],
        ["a token of another family", { OKTA_CLIENT_ORGURL: "http://127.0.0.1:9" }],
        [
          "a key where its path should be",
          {
            OKTA_ORG_URL: "http://127.0.0.1:9",
            OKTA_API_TOKEN: "",
            OKTA_CLIENT_ID: "a",
            OKTA_PRIVATE_KEY_FILE: PEM,
          },
        ],
        [
          "a part of a key where its path should be",
          {
            OKTA_ORG_URL: "http://127.0.0.1:9",
            OKTA_API_TOKEN: "",
            OKTA_CLIENT_ID: "a",
            OKTA_PRIVATE_KEY_FILE: KEY_LINES[0] ?? "",
          },
        ],
        [
          "a damaged key",
          {
            OKTA_CLIENT_ORGURL: "http://127.0.0.1:9",
            OKTA_CLIENT_CLIENTID: "a",
            OKTA_CLIENT_PRIVATEKEY: PEM.slice(0, 600),
            OKTA_API_TOKEN: "",
          },
        ],
        [
          "a token where the client ID should be",
          {
            OKTA_CLIENT_ORGURL: "http://127.0.0.1:9",
            OKTA_CLIENT_CLIENTID: `${CANARIES.token} x`,
            OKTA_CLIENT_PRIVATEKEY: PEM,
            OKTA_API_TOKEN: "",
          },
        ],
        [
          "a proxy with a password that is none",
          {
            OKTA_ORG_URL: "http://127.0.0.1:9",
            HTTPS_PROXY: `socks://me:${CANARIES.proxyPassword}@127.0.0.1`,
          },
        ],
        [
          "a proxy with a password that is not there",
          {
            OKTA_ORG_URL: "https://canary.example",
            HTTPS_PROXY: `http://me:${CANARIES.proxyPassword}@127.0.0.1:9`,
          },
        ],
      ],
      3,
    ),
  )("%s", async (_, env) => {
    const scene = makeScene();
    const ends = await Promise.all([
      run(scene, IMPORT, env),
      run(scene, [...IMPORT, "--json"], env),
    ]);
    expect(ends.map(({ code }) => code)).not.toContain(0);
    expect(ends.map(({ code }) => code)).not.toContain(70);
    expect(leaksOf(scene, ...ends)).toEqual([]);
  });

  it.each(
    shortForm(
      [
        [
          "a hash as a value",
          `password: {hash: "$2b$10$${CANARIES.salt}${CANARIES.configHash}"}\n`,
        ],
        ["a hash as a key", `"$2b$10$${CANARIES.salt}${CANARIES.configHash}": x\n`],
        [
          "a hash as a constant",
          `profile: {login: email, email: email, firstName: {value: "$2b$10$${CANARIES.salt}${CANARIES.configHash}"}}\n`,
        ],
        [
          "a hash in an expression",
          `profile: {login: email, email: '"$2b$10$${CANARIES.salt}${CANARIES.configHash}" + 1 +'}\n`,
        ],
        [
          "a hash in broken YAML",
          `password: [ "$2b$10$${CANARIES.salt}${CANARIES.configHash}\n  x: }{\n`,
        ],
        ["a token as an unknown key", `token: "${CANARIES.token}"\napiToken: ${CANARIES.token}\n`],
        ["a password as a list", `password: ["${CANARIES.urlPassword}"]\n`],
        [
          "a source that is an address with a password",
          `source: "https://me:${CANARIES.urlPassword}@example.com/users.csv"\n`,
        ],
      ],
      3,
    ),
  )("a config with %s", async (_, yaml) => {
    const scene = makeScene({ OKTA_ORG_URL: "http://127.0.0.1:9" });
    writeFileSync(join(scene.folder, "migration.yaml"), yaml);
    const given = yaml.startsWith("source")
      ? ["check", "--run", "run"]
      : ["check", "users.csv", "--run", "run"];
    const ends = await Promise.all([run(scene, given), run(scene, [...given, "--json"])]);
    expect(ends.map(({ code }) => code)).not.toContain(0);
    expect(ends.map(({ code }) => code)).not.toContain(70);
    expect(leaksOf(scene, ...ends)).toEqual([]);
  });

  it("a crash, whatever its message says", async () => {
    const org = await startMiniOrg({
      answer: ({ kind, act }) => (kind === "create" ? undefined : act()),
    });
    const scene = makeScene({ OKTA_ORG_URL: org.url, OKTA_MIGRATE_LOG: "trace" });
    writeFileSync(
      join(scene.folder, "crash.mjs"),
      "setTimeout(() => { throw new Error([process.env.CANARIES, process.env.OKTA_API_TOKEN].join()); }, 700);",
    );
    for (const json of [[], ["--json"]]) {
      const end = await run(scene, [...IMPORT, ...json], {
        NODE_OPTIONS: `--import ${join(scene.folder, "crash.mjs")}`,
        CANARIES: BCRYPT,
      });
      expect(end.code).toBe(70);
      expect(leaksOf(scene, end)).toEqual([]);
    }
  });

  it("a run that stands still: nothing in its arguments, its journal, its log files, its open files", async () => {
    const org = await startMiniOrg({
      answer: ({ kind, act, login }) =>
        kind === "create" && login !== "ann1@example.com" ? undefined : act(),
    });
    const scene = makeScene({ OKTA_ORG_URL: org.url });
    const running = startCli([...IMPORT, "--json"], { cwd: scene.folder, env: scene.env });
    await running.line(({ event, created }) => event === "progress" && created === 1);
    running.child.kill("SIGSTOP");
    const pid = Number(running.child.pid);
    const leaks = [...SEARCH.inProcess(pid, SOURCES), ...SEARCH.inFolder(scene.folder, SOURCES)];
    running.child.kill("SIGKILL");
    const end = await running.ended;
    expect(leaks).toEqual([]);
    expect(leaksOf(scene, end)).toEqual([]);
  });
});
