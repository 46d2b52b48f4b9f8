/** Writes `schema/*.json`. Run `npm run schema` after changing a schema; a test fails when the files are out of date. */
import { writeFileSync } from "node:fs";
import { jsonSchemas, textOf } from "../cli/files/json-schemas.ts";

for (const name of Object.keys(jsonSchemas)) writeFileSync(new URL(`../schema/${name}`, import.meta.url), textOf(name));
