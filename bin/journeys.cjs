#!/usr/bin/env node
// The entry of the command line. It is plain JavaScript, so that an old Node answers with a sentence and not with a
// stack trace. The compile cache of Node keeps the compiled modules, which halves the time of a short command.
"use strict";

const NEEDED = [22, 18];
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `The command journeys needs Node ${NEEDED.join(".")} or later, and this is Node ${process.versions.node}. Install a newer Node, or run npm run -s journeys -- in a clone.\n`,
  );
  process.exitCode = 2;
} else {
  const { enableCompileCache } = require("node:module");
  enableCompileCache();
  const { existsSync } = require("node:fs");
  const { join } = require("node:path");
  // A clone has the sources, a package the built program.
  const source = join(__dirname, "journeys.ts");
  import(existsSync(source) ? "./journeys.ts" : "../dist/journeys.js");
}
