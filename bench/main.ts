/** `npm run bench` makes every table but the on-demand ones; `npm run bench -- cost` makes those of one name. */
import { audience } from "./audience.ts";
import { coldStarts } from "./bundles.ts";
import { commandStarts } from "./commands.ts";
import { conditions, firstUse } from "./conditions.ts";
import { designs, growth, requests } from "./cost.ts";
import { stopping } from "./crowd/stopping.ts";
import { deployed } from "./deployed.ts";
import { editing } from "./editing.ts";
import { worstInputs } from "./limits.ts";
import { counting } from "./listing.ts";
import { matching } from "./matching.ts";
import { forecasting } from "./past/forecast.ts";
import { replaying } from "./past/replay.ts";
import { machine, shown, type Table } from "./print/table.ts";
import { scale } from "./scale.ts";
import { simulator } from "./simulate.ts";
import { throughput } from "./throughput.ts";

const benches: Readonly<Record<string, () => Promise<readonly Table[]>>> = {
  cost: async () => [await designs(), await requests()],
  growth: async () => [growth()],
  matching: async () => [await matching()],
  conditions: async () => [firstUse(), await conditions()],
  throughput: async () => [await throughput()],
  bundles: async () => [coldStarts()],
  limits: async () => [worstInputs()],
  commands: async () => [commandStarts()],
  scale,
  audience,
  simulate: async () => [simulator()],
};

/** These run only by name, because they need an emulator or a browser, or minutes. */
const onDemand: typeof benches = {
  deployed: async () => [await deployed()],
  stopping: async () => [await stopping()],
  console: async () => [await editing(), await counting()],
  listing: async () => [await counting()],
  replay: async () => [replaying()],
  forecast: async () => [forecasting()],
};

const asked = process.argv.slice(2);
const all = { ...benches, ...onDemand };
const unknown = asked.find((name) => !Object.hasOwn(all, name));
if (unknown === undefined) {
  for (const [name, bench] of Object.entries(asked.length === 0 ? benches : all))
    if (asked.length === 0 || asked.includes(name))
      for (const table of await bench()) process.stdout.write(`${shown(table)}\n`);
  process.stdout.write(`${machine()}\n`);
} else {
  process.stderr.write(`There is no bench "${unknown}". There are ${Object.keys(all).join(", ")}.\n`);
  process.exitCode = 2;
}
