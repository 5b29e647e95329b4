// What the figures were measured on. Nothing here names a host, a user or a path.
import { readFileSync } from "node:fs";
import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { statfsSync } from "node:fs";

const FILE_SYSTEMS = new Map([
  [0xef53, "ext4"],
  [0x01021994, "tmpfs"],
  [0x58465342, "xfs"],
  [0x9123683e, "btrfs"],
  [0x794c7630, "overlayfs"],
]);

/** The machine, the programs, and how busy it was before anything was measured. */
export function machineFacts(folder) {
  const processors = cpus();
  const type = statfsSync(folder).type;
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${platform()} ${release().split("-")[0]}`,
    node: process.versions.node,
    files: FILE_SYSTEMS.get(type) ?? `0x${type.toString(16)}`,
    loadBefore: Number(loadavg()[0].toFixed(2)),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** The version of an installed package. */
export function packageVersion(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}
