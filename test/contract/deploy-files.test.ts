import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as dclint from "dclint";
import { Copy, DockerfileParser, From } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import {
  allManifests,
  at,
  COMPOSE_FILES,
  documentsOf,
  manifestFiles,
  pathOf,
  textOf,
  type Tree,
} from "../support/deploy-files.ts";
import { faultsOfManifests, type Manifest } from "../support/kubernetes-schemas.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const DOCKERFILE = textOf("deploy/Dockerfile");
const dockerfile = DockerfileParser.parse(DOCKERFILE);
const argumentsOf = (keyword: string): readonly string[] =>
  dockerfile
    .getInstructions()
    .filter((one) => one.getKeyword() === keyword)
    .map((one) => one.getArgumentsContent() ?? "");

describe("the image's Dockerfile", () => {
  it("has nothing that a linter finds", () => {
    expect(validate(DOCKERFILE).map(({ message }) => message)).toEqual([]);
    expect(validate("FORM node\n")).not.toEqual([]);
  });

  it("takes only files that are there, and that its ignore file lets in", () => {
    const copied = dockerfile
      .getInstructions()
      .filter((one) => one instanceof Copy && one.getFromFlag() === null)
      .flatMap((one) => one.getArguments().slice(0, -1))
      .map((argument) => argument.getValue());
    const ignore = textOf(".dockerignore").split("\n");
    expect(copied).toContain("package-lock.json");
    for (const name of copied) {
      expect(existsSync(pathOf(name)), name).toBe(true);
      expect(ignore).toContain(`!${name}`);
    }
    const rules = ignore.filter((line) => line !== "" && !line.startsWith("#"));
    expect(rules[0], "nothing is let in that is not named").toBe("*");
  });

  it("starts every stage from one Node of an exact version that the package allows", () => {
    const stages = dockerfile.getInstructions().filter((one) => one instanceof From);
    expect(new Set(stages.map((stage) => stage.getImage()))).toEqual(new Set(["${NODE_IMAGE}"]));
    const [image = ""] = argumentsOf("ARG");
    const [, major, minor] = /^NODE_IMAGE=\S+\/node:(\d+)\.(\d+)\.\d+-\w+-slim$/.exec(image) ?? [];
    const { engines } = JSON.parse(textOf("package.json")) as { engines: { node: string } };
    const [, leastMajor, leastMinor] = /^>=(\d+)\.(\d+)\.\d+$/.exec(engines.node) ?? [];
    const rank = (...[high, low]: (string | undefined)[]): number =>
      Number(high) * 1000 + Number(low);
    expect(rank(major, minor)).toBeGreaterThanOrEqual(rank(leastMajor, leastMinor));
  });

  it("runs as a user that is not root, told by number, and starts the command line", () => {
    expect(argumentsOf("USER").at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const [script] = (JSON.parse(argumentsOf("ENTRYPOINT")[0] ?? "") as string[]).slice(-1);
    const { bin } = JSON.parse(textOf("package.json")) as { bin: Record<string, string> };
    expect(script).toBe(bin["okta-migrate"]?.replace("./", "/app/"));
  });

  it("installs without development's libraries, and without running their scripts", () => {
    const installs = argumentsOf("RUN").filter((line) => line.startsWith("npm ci"));
    expect(installs.at(-1)).toBe("npm ci --omit=dev --ignore-scripts");
  });
});

describe("a Compose file", () => {
  it.each(COMPOSE_FILES)("%s is valid by the Compose specification, and by a linter", (name) => {
    expect(lint(pathOf(name))).toEqual([]);
    const misspelt = join(makeTempFolder(), "compose.yaml");
    writeFileSync(misspelt, textOf(name).replace("healthcheck:", "healthchek:"));
    expect(lint(misspelt).join()).toMatch(/^invalid-schema: .*healthchek|additional properties/);
  });

  it.each(COMPOSE_FILES)("%s gives no service more than it needs, nor secrets by value", (name) => {
    const [file] = documentsOf(name);
    const services = Object.entries(at<Record<string, Tree>>(file, "services"));
    expect(services.map(([service]) => service)).toContain("hook");
    for (const [service, { environment = {}, ...settings }] of services) {
      expect(settings, service).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
      });
      const values = Object.entries(environment as Record<string, string>);
      const secret = values.filter(([key]) => /KEY|SECRET|PASSWORD|TOKEN/.test(key));
      for (const [key, value] of secret) expect(value, key).toMatch(/^\/run\/secrets\/[a-z_]+$/);
    }
  });
});

describe("the manifests", () => {
  const manifests = allManifests();
  const one = <T extends Manifest>(kind: string): T => {
    const found = manifests.find((manifest) => manifest.kind === kind);
    if (found === undefined) throw new Error(`there is no ${kind}`);
    return found as T;
  };

  it("are valid by Kubernetes' own schemas, and have no field that it does not know", () => {
    expect(manifests.length).toBeGreaterThan(9);
    expect(faultsOfManifests(manifests)).toEqual([]);
    const wrong = structuredClone(one("Deployment"));
    at<Record<string, unknown>>(wrong, "spec", "template", "spec")["hostNetwrk"] = true;
    const worse = structuredClone(one("Service"));
    at<Record<string, unknown>>(worse, "spec", "ports", 0)["port"] = "https";
    expect(faultsOfManifests([wrong])).toEqual([expect.stringContaining("hostNetwrk")]);
    expect(faultsOfManifests([worse])[0]).toMatch(/port must be integer/);
  });

  it("are applied together, less examples and what needs another operator", () => {
    const [{ resources } = {}] = documentsOf("deploy/kubernetes/kustomization.yaml");
    const apart = ["secrets.example.yaml", "service-monitor.yaml"];
    expect((resources as string[]).toSorted()).toEqual(
      manifestFiles()
        .filter((name) => !apart.includes(name))
        .toSorted(),
    );
  });

  it("find one another", () => {
    const deployment = one("Deployment");
    const pod = at<Tree>(deployment, "spec", "template");
    const labels = at<Tree>(pod, "metadata", "labels");
    const name = at<string>(deployment, "metadata", "name");
    const port = at<string>(one("Service"), "spec", "ports", 0, "name");
    expect(at(one("Service"), "spec", "selector")).toEqual(labels);
    for (const kind of ["Deployment", "PodDisruptionBudget"]) {
      expect(at(one(kind), "spec", "selector", "matchLabels"), kind).toEqual(labels);
    }
    expect(at(one("NetworkPolicy"), "spec", "podSelector", "matchLabels")).toEqual(labels);
    expect(at(one("ServiceMonitor"), "spec", "selector", "matchLabels")).toEqual(
      at(one("Service"), "metadata", "labels"),
    );
    expect(at(one("ServiceMonitor"), "spec", "endpoints", 0, "port")).toBe(port);
    expect(at(one("HorizontalPodAutoscaler"), "spec", "scaleTargetRef", "name")).toBe(name);
    const rule = at<Tree>(one("Ingress"), "spec", "rules", 0, "http", "paths", 0);
    expect(at(rule, "backend", "service")).toEqual({
      name: at(one("Service"), "metadata", "name"),
      port: { name: port },
    });
    const named = at<readonly Tree[]>(pod, "spec", "volumes").map(({ secret, configMap }) =>
      secret === undefined ? at<string>(configMap, "name") : at<string>(secret, "secretName"),
    );
    const [kustomization] = documentsOf("deploy/kubernetes/kustomization.yaml");
    const there = [
      ...manifests.filter(({ kind }) => kind === "Secret").map(({ metadata }) => metadata),
      ...at<readonly Tree[]>(kustomization, "configMapGenerator"),
    ];
    expect(named.toSorted()).toEqual(there.map((found) => at<string>(found, "name")).toSorted());
  });
});

/** The linter: its own types can't be read by a module. */
interface Linter {
  lintFiles(
    paths: readonly string[],
    recursive: boolean,
  ): readonly { messages: readonly { rule: string; message: string }[] }[];
}
const { DCLinter }: { readonly DCLinter: new (settings: object) => Linter } = dclint;

/** How things are ordered and ports are quoted is a matter of taste. */
const TASTE = /order$|quotes/;

function lint(path: string): readonly string[] {
  const linter = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] });
  return linter
    .lintFiles([path], false)
    .flatMap(({ messages }) => messages)
    .filter(({ rule }) => !TASTE.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}
