import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import type { Manifest } from "./kubernetes-schemas.ts";

const ROOT = new URL("../../", import.meta.url);
const MANIFESTS = "deploy/kubernetes/";
/** YAML of other programs than the cluster. */
const NO_MANIFESTS = ["kustomization.yaml", "migration.yaml", "prometheus-adapter-values.yaml"];

/** The Compose files, from the project's root. */
export const COMPOSE_FILES = readdirSync(new URL("deploy/", ROOT))
  .filter((name) => /^compose.*\.yaml$/.test(name))
  .map((name) => `deploy/${name}`);

/** A document of YAML. */
export type Tree = Readonly<Record<string, unknown>>;

/** A file's path on this machine, told from the project's root. */
export function pathOf(name: string): string {
  return fileURLToPath(new URL(name, ROOT));
}

/** A file of the project as text. */
export function textOf(name: string): string {
  return readFileSync(new URL(name, ROOT), "utf8");
}

/** The documents of a YAML file. @throws {Error} where it is none, or says a key twice */
export function documentsOf(name: string): readonly Tree[] {
  return parseAllDocuments(textOf(name), { uniqueKeys: true }).map((document) => {
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) throw new Error(`${name}: ${fault.message}`);
    return document.toJS() as Tree;
  });
}

/** The names of the files with manifests. */
export function manifestFiles(): readonly string[] {
  return readdirSync(new URL(MANIFESTS, ROOT)).filter((name) => !NO_MANIFESTS.includes(name));
}

/** All manifests, the examples of secrets among them. */
export function allManifests(): readonly Manifest[] {
  return manifestFiles().flatMap((name) => documentsOf(MANIFESTS + name) as readonly Manifest[]);
}

/** What stands at the end of a path of keys and places. @throws {Error} where nothing does */
export function at<T>(tree: unknown, ...path: readonly (string | number)[]): T {
  let found = tree;
  for (const key of path) {
    found = (found as Record<string | number, unknown> | undefined)?.[key];
    if (found === undefined) throw new Error(`nothing is at ${path.join(".")}`);
  }
  return found as T;
}
