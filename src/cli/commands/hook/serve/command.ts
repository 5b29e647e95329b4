import { Command } from "commander";

/** The `hook serve` command: answers Okta's password import hook. */
export function serveCommand(): Command {
  return new Command("serve")
    .summary("answer Okta's password import hook")
    .description(
      "Answers the password import hook of an Okta org until it is interrupted: HTTPS with the " +
        "certificate given, or plain HTTP behind a proxy that has one. Certificate, secret and store " +
        "are read again when they change. Several replicas share a store in PostgreSQL and a " +
        "throttle in Redis.",
    )
    .option("--store <place>", "sealed store, made by hook seal: a file, or postgres://…")
    .option("--throttle <address>", "Redis where replicas count wrong passwords: rediss://…")
    .option("--config <file>", "names further places: hook.stores (migration.yaml, where it is)")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <n>", "port to listen on; 0 takes a free one", "0")
    .option("--tls-cert <file>", "certificate chain in PEM")
    .option("--tls-key <file>", "its private key in PEM")
    .option("--plain-http", "no TLS: for a proxy on the way that has it")
    .option("--trust-proxy", "take the last address of X-Forwarded-For for the caller's")
    .option("--threads <n>", "passwords that are checked at the same time (one a core)")
    .option(
      "--max-connections <n>",
      "connections at the same time; a further one is closed",
      "2000",
    )
    .option(
      "--drain-delay <time>",
      "for how long calls are still taken once the process is asked to end, such as 10s",
      "0s",
    )
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nOKTA_MIGRATE_SEAL_KEY_FILE names the file of the key that the store was sealed with,\n" +
        "OKTA_MIGRATE_HOOK_SECRET_FILE that of the secret that Okta sends in the Authorization header.\n" +
        "OKTA_MIGRATE_STORE_PASSWORD_FILE and OKTA_MIGRATE_THROTTLE_PASSWORD_FILE name those of the\n" +
        "passwords for PostgreSQL and Redis.\n" +
        "\nExample:\n" +
        "  $ okta-migrate hook serve --store passwords.sealed --host 0.0.0.0 --port 8443 \\\n" +
        "      --tls-cert tls.crt --tls-key tls.key",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readServeOptions } = await import("./options.ts");
      const { runServe } = await import("./run.ts");
      await runServe(readServeOptions(flags));
    });
}
