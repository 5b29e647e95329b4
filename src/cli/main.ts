#!/usr/bin/env node
import { reportError, runCommandLine } from "./command-line.ts";

// What nobody caught leaves the process in no known state; the journal is whole at any instant.
process.once("uncaughtException", (error) => process.exit(reportError(error, process.argv)));

process.exitCode = await runCommandLine(process.argv);
