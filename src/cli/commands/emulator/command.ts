import { Command } from "commander";

/** The `emulator` command: a pretend Okta org on this machine. */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .summary("run a pretend Okta org on this machine")
    .description(
      "Runs a pretend Okta org on 127.0.0.1, in memory, until it is interrupted: for rehearsals and " +
        "for tests of other programs. What it imitates is in the project's docs/emulator.md.",
    )
    .option("--port <n>", "port to listen on; 0 takes a free one", "0")
    .option("--tls-cert <file>", "certificate in PEM: https instead of http")
    .option("--tls-key <file>", "its private key in PEM")
    .option("--plan <name>", "rate limits: integrator-free, one-app, enterprise or workforce")
    .option("--limit <n>", "requests per bucket and window; 0 is none", "0")
    .option("--window-ms <n>", "length of a rate limit window", "60000")
    .option("--token-cap <n>", "requests per window the token gets, whatever the headers say", "0")
    .option("--limit-schedule <ms:n,...>", "from when on which limit holds: 30000:50,60000:100")
    .option("--other-traffic <n>", "requests of others per bucket and window", "0")
    .option("--rate-headers <how>", "normal, twice or missing", "normal")
    .option("--concurrency <n>", "requests in flight; 0 is any number", "0")
    .option("--latency-ms <n>", "time between a request and its answer", "0")
    .option("--clock-skew-ms <n>", "how far the org's clock is ahead; may be negative", "0")
    .option("--search-lag-ms <n>", "how far search lags behind", "0")
    .option("--down <from-to,...>", "when all is answered 503, in ms since the start")
    .option("--read-only <from-to,...>", "when writing is answered 503, in ms since the start")
    .option("--state <file>", "keep the org in this file: loaded at the start, written at the end")
    .option("--seed <n>", "another one gives other ids, window phases and faults", "1")
    .option("--faults <p>", "share of creates with which something goes wrong")
    .option("--fault-error-before <p>", "500, nothing was created")
    .option("--fault-error-after <p>", "500, the user was created")
    .option("--fault-reset-before <p>", "the connection dies, nothing was created")
    .option("--fault-reset-after <p>", "the connection dies, the user was created")
    .option("--fault-late-commit <p>", "the connection dies, the user is created later")
    .option("--late-commit-ms <n>", "how much later", "1000")
    .option("--fault-cut-body <p>", "the connection dies amid the answer, the user was created")
    .option("--fault-hang <p>", "no answer ever; created or not")
    .option("--fault-429 <p>", "429 without rate headers, nothing was created")
    .option("--fault-html <p>", "a gateway's 502 page; created or not")
    .option("--fault-reads", "the same faults for reading, too")
    .option("--sha256-salt <how>", "how SHA-256's salt is read: decoded or literal", "decoded")
    .option("--deny-sign-in", "a policy lets nobody sign in")
    .option("--activation-ms <n>", "how long activation goes on", "0")
    .option("--log-events <n>", "how many of the newest System Log events are kept", "100000")
    .option("--optional-password", "users become active without a password")
    .option("--lock-out-after <n>", "wrong passwords that lock a user out; 0 is none", "10")
    .option("--service-app <client-id>", "a service app that gets tokens by its own key")
    .option("--service-app-key <file>", "its public key: PEM, JWK or JWK set")
    .option("--dpop", "its tokens are bound to a key, and every request must prove it")
    .option("--scopes <scope,...>", "scopes granted to it; without it all of them")
    .option("--role <name>", "its admin role, such as USER_ADMIN, or none; without it SUPER_ADMIN")
    .option("--missing-scopes <how>", "omit or refuse what was not granted", "omit")
    .option("--token-seconds <n>", "how long an access token lives", "3600")
    .option("--token-format <how>", "opaque or jwt", "opaque")
    .option("--token-role <name>", "admin role behind the static token", "SUPER_ADMIN")
    .option("--token-expired <from-to,...>", "when the static token is answered 401")
    .option("--nonce-renewal-seconds <n>", "how long one nonce is handed out", "86400")
    .option("--nonce-seconds <n>", "how long a nonce is good", "259200")
    .option("--resource-nonce", "calls of the API need a nonce in their proof, too")
    .option("--sign-in <what>", "whether people approve or deny", "approve")
    .option("--sign-in-delay-ms <n>", "how long they take on a device", "0")
    .option("--device-code-seconds <n>", "how long a device's code is good", "600")
    .option("--device-interval-seconds <n>", "how often a device may ask", "5")
    .option("--until-input-ends", "end when standard input does, as when its starter is gone")
    .option("--json", "one JSON object per line on standard output")
    .addHelpText(
      "after",
      "\nA <p> is a share (0.02, 2%) or a number of times (5x). Without --plan and --limit there are no\n" +
        "limits. The token is emulator-token, or what OKTA_MIGRATE_EMULATOR_TOKEN says. People sign in\n" +
        "through the native app emulator-native.\n" +
        "\nExample:\n" +
        "  $ okta-migrate emulator --port 8080 --limit 600 --faults 2%\n" +
        "  $ OKTA_ORG_URL=http://127.0.0.1:8080 OKTA_API_TOKEN=emulator-token \\\n" +
        "      okta-migrate import users.csv",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readEmulatorOptions } = await import("./options.ts");
      const { runEmulator } = await import("./run.ts");
      await runEmulator(readEmulatorOptions(flags, process.env), {
        json: flags["json"] === true,
        untilInputEnds: flags["untilInputEnds"] === true,
      });
    });
}
