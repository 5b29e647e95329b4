import { execFile } from "node:child_process";
import { expect, it } from "vitest";
import { allManifests, at, documentsOf, pathOf, type Tree } from "../support/deploy-files.ts";
import { inventOldSystem, send, startService } from "../support/hook-service.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const PROBES = ["startupProbe", "livenessProbe", "readinessProbe"];

it("the service that the deploy files start answers their probes, and has the metric that is scaled on", async () => {
  const old = await inventOldSystem(makeTempFolder(), { users: 2, hash: "bcrypt" });
  await runCli(["hook", "seal", old.path("users.csv"), "--store", old.store], { env: old.env });
  const tls = makeCertificate(old.folder, "127.0.0.1");
  if (tls === undefined) throw new Error("this test needs openssl");
  const elsewhere: Readonly<Record<string, string>> = {
    "--store": old.store,
    "--host": "127.0.0.1",
    "--port": "0",
    "--tls-cert": tls.caFile,
    "--tls-key": tls.keyFile,
  };
  const [compose] = documentsOf("deploy/compose.yaml");
  const given = at<readonly string[]>(compose, "services", "hook", "command").slice(2);
  const flags = given.map((flag) => {
    const [name = ""] = flag.split("=");
    return elsewhere[name] === undefined ? flag : `${name}=${elsewhere[name]}`;
  });
  const service = await startService({ env: old.env }, flags);
  const { url } = service;

  const container = at<Tree>(theOne("Deployment"), "spec", "template", "spec", "containers", 0);
  const ask = (path: string) => send(`${url}${path}`, { method: "GET", ca: tls.cert });
  for (const probe of PROBES) {
    const path = at<string>(container, probe, "httpGet", "path");
    await expect.poll(async () => (await ask(path)).status, { message: probe }).toBe(200);
  }
  const { body } = await ask(at(theOne("ServiceMonitor"), "spec", "endpoints", 0, "path"));
  const [, scaled] = at<readonly Tree[]>(theOne("HorizontalPodAutoscaler"), "spec", "metrics");
  expect(body).toMatch(
    new RegExp(`^${at<string>(scaled, "pods", "metric", "name")} [\\d.]+$`, "m"),
  );

  const test = at<readonly string[]>(compose, "services", "hook", "healthcheck", "test");
  const [address = ""] = test.slice(-1);
  const asked = address.replace("https://127.0.0.1:8443", url);
  expect(await probe(asked)).toBe(0);
  expect(await probe(`${url}/nothing`)).toBe(1);
  service.child.kill("SIGTERM");
  expect((await service.ended).code).toBe(0);
  expect(await probe(asked)).toBe(1);
});

/** What the health check of a container ends with. */
function probe(address: string): Promise<number | null> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [pathOf("deploy/probe.mjs"), address]);
    child.once("close", resolve);
  });
}

function theOne(kind: string): Tree {
  const found = allManifests().find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
}
