import { afterEach, expect, it, vi } from "vitest";

/** What of `WebAssembly` the test looks through; Node's types leave it out. */
interface WebAssemblyNamespace {
  instantiate(...args: readonly unknown[]): Promise<{
    readonly exports: { readonly memory: { readonly buffer: ArrayBuffer } };
  }>;
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyNamespace };
const NAMES = ["md4", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;

afterEach(() => {
  vi.restoreAllMocks();
});

it("nothing of a password stays in the hashers' memory once they are cleaned", async () => {
  const memories: { readonly buffer: ArrayBuffer }[] = [];
  const instantiate = WebAssembly.instantiate.bind(WebAssembly);
  vi.spyOn(WebAssembly, "instantiate").mockImplementation(async (...args) => {
    const instance = await instantiate(...args);
    memories.push(instance.exports.memory);
    return instance;
  });
  vi.resetModules();
  const { cleanHashers, digestOf } = await import("./hashers.ts");
  expect(memories).toHaveLength(NAMES.length);

  for (const length of [4, 55, 64, 65, 127, 128, 300, 4000]) {
    const password = Buffer.from(Array.from({ length }, (_, at) => 65 + ((at * 7) % 50)));
    const held = (): number =>
      memories.filter(({ buffer }) => Buffer.from(buffer).includes(password.subarray(-4))).length;
    for (const name of NAMES) digestOf(name, Buffer.from("salt"), password);
    expect(held()).toBe(NAMES.length);
    cleanHashers();
    expect(held()).toBe(0);
  }
});
