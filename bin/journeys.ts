#!/usr/bin/env node
import { run } from "../cli/program.ts";
/** The command line. */
import { processIo } from "../cli/terminal/io.ts";

process.exitCode = await run(process.argv.slice(2), processIo());
