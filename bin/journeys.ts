#!/usr/bin/env node
/** The command line. */
import { processIo } from "../cli/process-io.ts";
import { run } from "../cli/program.ts";

process.exitCode = await run(process.argv.slice(2), processIo());
