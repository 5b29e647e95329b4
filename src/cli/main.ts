#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";

import { reportError, runCommandLine } from "./command-line.ts";

/*
 * Records live for a moment. Once the engine takes them for long-lived it makes them where it seldom
 * clears up, and then all that they refer to stays with them: reading costs a quarter more.
 */
setFlagsFromString("--no-allocation-site-pretenuring");

// What nobody caught leaves the process in no known state; the journal is whole at any instant.
process.once("uncaughtException", (error) => process.exit(reportError(error, process.argv)));

process.exitCode = await runCommandLine(process.argv);
