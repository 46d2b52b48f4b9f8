/** Writes `schema/*.json`. Run it (`npm run schema`) when a schema has changed; a test says when it was forgotten. */
import { writeFileSync } from "node:fs";
import { jsonSchemas, textOf } from "../insight/documents/json-schemas.ts";

for (const name of Object.keys(jsonSchemas)) writeFileSync(new URL(`../schema/${name}`, import.meta.url), textOf(name));
