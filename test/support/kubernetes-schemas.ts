import { fileURLToPath } from "node:url";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { Secret } from "kubernetes-models/v1/Secret";
import { Service } from "kubernetes-models/v1/Service";
import ts from "typescript";

/** A manifest as it stands in a file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [key: string]: unknown;
}

interface Model {
  validate(): void;
}

/** The package of each kind's group, and its schema. */
const KINDS: Readonly<Record<string, readonly [group: string, new (given: never) => Model]>> = {
  "v1 ConfigMap": ["kubernetes-models/v1", ConfigMap],
  "v1 Namespace": ["kubernetes-models/v1", Namespace],
  "v1 Secret": ["kubernetes-models/v1", Secret],
  "v1 Service": ["kubernetes-models/v1", Service],
  "apps/v1 Deployment": ["kubernetes-models/apps/v1", Deployment],
  "autoscaling/v2 HorizontalPodAutoscaler": [
    "kubernetes-models/autoscaling/v2",
    HorizontalPodAutoscaler,
  ],
  "networking.k8s.io/v1 Ingress": ["kubernetes-models/networking.k8s.io/v1", Ingress],
  "networking.k8s.io/v1 NetworkPolicy": ["kubernetes-models/networking.k8s.io/v1", NetworkPolicy],
  "policy/v1 PodDisruptionBudget": ["kubernetes-models/policy/v1", PodDisruptionBudget],
  "monitoring.coreos.com/v1 ServiceMonitor": [
    "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
    ServiceMonitor,
  ],
};

/**
 * What is wrong with manifests by Kubernetes' own schemas, in the order of the manifests. The schemas
 * allow fields that they do not know, so that a misspelt one passes; for that reason every manifest is
 * also held against the type of its kind, which knows all fields.
 */
export function faultsOfManifests(manifests: readonly Manifest[]): readonly string[] {
  return [...manifests.flatMap(faultOfSchema), ...faultsOfTypes(manifests)];
}

function kindOf({ apiVersion, kind }: Manifest): (typeof KINDS)[string] {
  const found = KINDS[`${apiVersion} ${kind}`];
  if (found === undefined) throw new Error(`no schema is known for ${apiVersion} ${kind}`);
  return found;
}

function faultOfSchema(manifest: Manifest): readonly string[] {
  const [, ModelOfKind] = kindOf(manifest);
  try {
    new ModelOfKind(manifest as never).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind}: ${error instanceof Error ? error.message : "invalid"}`];
  }
}

/** Compiles the manifests as if they stood in a program, one a line. */
function faultsOfTypes(manifests: readonly Manifest[]): readonly string[] {
  const lines = manifests.map((manifest, at) => {
    const [group] = kindOf(manifest);
    const type = `import("${group}/${manifest.kind}").I${manifest.kind}`;
    return `export const m${at}: ${type} = ${JSON.stringify(manifest)};`;
  });
  const file = fileURLToPath(new URL("manifests-in-memory.ts", import.meta.url));
  const host = ts.createCompilerHost(OPTIONS);
  const source = ts.createSourceFile(file, lines.join("\n"), ts.ScriptTarget.ES2022);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...how) => (name === file ? source : read(name, ...how));
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  const program = ts.createProgram([file], OPTIONS, host);
  return program.getSemanticDiagnostics(source).map(({ start = 0, messageText }) => {
    const { line } = ts.getLineAndCharacterOfPosition(source, start);
    const { kind = "" } = manifests[line] ?? {};
    return `${kind}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  // No more than the types of manifests need.
  lib: ["lib.es5.d.ts"],
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};
