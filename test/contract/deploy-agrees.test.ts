import { describe, expect, it } from "vitest";
import { serveCommand } from "../../src/cli/commands/hook/serve/command.ts";
import { readServeOptions, type ServeOptions } from "../../src/cli/commands/hook/serve/options.ts";
import { Secret } from "../../src/core/index.ts";
import { DRAIN_WITHIN_MS, parseHookSecrets, parseSealKey } from "../../src/hook/index.ts";
import { parseMigrationConfig } from "../../src/mapping/index.ts";
import {
  allManifests,
  at,
  COMPOSE_FILES,
  documentsOf,
  textOf,
  type Tree,
} from "../support/deploy-files.ts";

const GUIDE = "docs/guides/deploy-the-hook.md";
const REFERENCE = textOf("docs/reference/cli.md");

/** A way to run the service, as a file tells it. */
interface Way {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it may use of the machine. */
  readonly cores: number;
  /** From the request to end until the kill. */
  readonly graceMs: number;
  readonly mounts: readonly string[];
}

const WAYS: readonly (readonly [string, Way])[] = [
  ...COMPOSE_FILES.map((name) => [name, composed(name)] as const),
  ["the Deployment", deployed()],
];

describe.each(WAYS)("%s", (_name, { args, environment, cores, mounts, graceMs }) => {
  it("starts the service with flags that it takes", () => {
    expect(args.slice(0, 2)).toEqual(["hook", "serve"]);
    const { host, port, json } = optionsOf(args);
    expect({ host, port, json }).toEqual({ host: "0.0.0.0", port: 8443, json: true });
    expect(() => optionsOf([...args, "--nothing"])).toThrow(/unknown option/);
  });

  it("has one thread for each core that it may use", () => {
    expect(optionsOf(args).threads).toBe(cores);
  });

  it("sets variables that the reference knows, to files that are mounted", () => {
    expect(Object.keys(environment)).toContain("OKTA_MIGRATE_HOOK_SECRET_FILE");
    for (const [name, path] of Object.entries(environment)) {
      expect(REFERENCE).toContain(`\`${name}\``);
      expect(mounts.filter((mount) => path.startsWith(mount))).toHaveLength(1);
    }
    const { config, tls } = optionsOf(args);
    const files = [config, tls?.certFile, tls?.keyFile].filter((file) => file !== undefined);
    for (const file of files) {
      expect(
        mounts.some((mount) => file.startsWith(mount)),
        file,
      ).toBe(true);
    }
  });

  it("waits for the calls in flight for longer than the service drains", () => {
    expect(graceMs - optionsOf(args).drainDelayMs).toBeGreaterThanOrEqual(2 * DRAIN_WITHIN_MS);
  });
});

it("the cluster has the time to lead calls elsewhere before a pod takes none", () => {
  const { drainDelayMs } = optionsOf(deployed().args);
  const probe = at<Tree>(container(), "readinessProbe");
  const noticedMs =
    at<number>(probe, "periodSeconds") * at<number>(probe, "failureThreshold") * 1000;
  expect(drainDelayMs).toBeGreaterThanOrEqual(noticedMs);
});

it("names the image by the version of the program", () => {
  const { version } = JSON.parse(textOf("package.json")) as { version: string };
  const tags = ["deploy/Dockerfile", "deploy/kubernetes/deployment.yaml", GUIDE]
    .flatMap((name) => textOf(name).match(/\bokta-migrate:\d[\w.-]*/g) ?? [])
    .map((image) => image.split(":")[1]);
  expect(tags.length).toBeGreaterThanOrEqual(3);
  expect(new Set(tags)).toEqual(new Set([version]));
});

describe("the autoscaler", () => {
  it("scales on a metric that the reference tells of, and that the adapter's rule offers", () => {
    const [, pods] = at<readonly Tree[]>(manifest("HorizontalPodAutoscaler"), "spec", "metrics");
    const name = at<string>(pods, "pods", "metric", "name");
    expect(textOf("docs/reference/hook-metrics.md")).toContain(`| \`${name}\` | gauge |`);
    const [values] = documentsOf("deploy/kubernetes/prometheus-adapter-values.yaml");
    const rule = at<Tree>(values, "rules", "custom", 0);
    expect(at<string>(rule, "seriesQuery").split("{")[0]).toBe(name);
    expect(name.replace(new RegExp(at<string>(rule, "name", "matches")), "$1")).toBe(name);
    expect(at(rule, "name", "as")).toBe("${1}");
  });

  it("reckons its share of cores by what a pod asks for", () => {
    expect(at(container(), "resources", "requests", "cpu")).toBe(
      at(container(), "resources", "limits", "cpu"),
    );
  });
});

describe("the examples", () => {
  it("of secrets are none: the service refuses them", () => {
    const { stringData } = manifest("Secret") as { stringData?: Record<string, string> };
    const [key, secret] = ["seal.key", "hook.secret"].map((name) => {
      const text = stringData?.[name];
      if (text === undefined) throw new Error(`there is no ${name}`);
      return new Secret(text);
    }) as [Secret, Secret];
    expect(() => parseSealKey(key, "seal.key")).toThrow("seal.key");
    expect(() => parseHookSecrets(secret, "hook.secret")).toThrow("hook.secret");
  });

  it("of a config is one that the service reads", () => {
    const text = textOf("deploy/kubernetes/migration.yaml");
    const config = parseMigrationConfig(text, { fileName: "migration.yaml" });
    expect(config.hookStores).toMatchObject([{ kind: "sealed" }]);
  });
});

function optionsOf(args: readonly string[]): ServeOptions {
  const command = serveCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  let flags: Readonly<Record<string, unknown>> = {};
  command.action((given: Readonly<Record<string, unknown>>) => {
    flags = given;
  });
  command.parse(args.slice(2), { from: "user" });
  return readServeOptions(flags);
}

function composed(name: string): Way {
  const [file] = documentsOf(name);
  const hook = at<Tree>(file, "services", "hook");
  const { secrets = [], volumes = [] } = hook as { secrets?: string[]; volumes?: Tree[] };
  return {
    args: at(hook, "command"),
    environment: at(hook, "environment"),
    cores: at(hook, "cpus"),
    graceMs: seconds(at(hook, "stop_grace_period")),
    mounts: [
      ...secrets.map((secret) => `/run/secrets/${secret}`),
      ...volumes.map((volume) => `${at<string>(volume, "target")}/`),
    ],
  };
}

function deployed(): Way {
  const pod = at<Tree>(manifest("Deployment"), "spec", "template", "spec");
  const env = at<readonly { name: string; value: string }[]>(container(), "env");
  return {
    args: at(container(), "args"),
    environment: Object.fromEntries(env.map(({ name, value }) => [name, value])),
    cores: Number(at(container(), "resources", "limits", "cpu")),
    graceMs: at<number>(pod, "terminationGracePeriodSeconds") * 1000,
    mounts: at<readonly Tree[]>(container(), "volumeMounts").map(
      (mount) => `${at<string>(mount, "mountPath")}/`,
    ),
  };
}

function container(): Tree {
  return at(manifest("Deployment"), "spec", "template", "spec", "containers", 0);
}

function manifest(kind: string): Tree {
  const found = allManifests().find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
}

function seconds(text: string): number {
  return Number(/^(\d+)s$/.exec(text)?.[1]) * 1000;
}
