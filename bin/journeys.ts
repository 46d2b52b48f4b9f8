#!/usr/bin/env node
/** The entry point of the command line `journeys`. */
import { processIo } from "../cli/process-io.ts";
import { run } from "../cli/program.ts";

process.exitCode = await run(process.argv.slice(2), processIo());
