/**
 * Keeps bundles small. A change that makes a bundle grow by more than a tenth must update `bench/bundles.json` with
 * `npm run bundles -- --write`, so that the review sees it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { admitted } from "../../../bench/bundles.ts";
import { environments, type FunctionName } from "../../../lambdas/adapters/environment.ts";
import type { Report } from "./report.ts";

const MOST_GROWTH = 1.1;
/** The largest size, in bytes, of a function on the way of an event, because a customer waits for its cold start. */
const BUDGET = 400_000;
const eventPath = ["trigger-matcher", "await-signal", "exit-evaluator", "message-status"] as const;
/** advance renders, sends and calculates dates: liquidjs, html-to-text, SES and Temporal are half of its bundle. */
const ADVANCE_BUDGET = 750_000;

/**
 * journey-publisher runs the tests of a journey, so it contains the simulator. It arms the schedules of journeys, so it
 * contains the client of EventBridge Scheduler. It walks the paths of a journey (25 kB). It checks and renders approved
 * templates of WhatsApp (8 kB). The simulator has the conversations with numbers (1 kB). No event of a customer waits
 * for this function.
 */
const PUBLISHER_BUDGET = 975_000;

const known = admitted();
const names = Object.keys(environments) as FunctionName[];

/** `folderOf`: the folder of a function's bundle in the assembly. */
export function describeSizes(report: () => Report, folderOf: (name: FunctionName) => string): void {
  const loaded = (name: FunctionName) => report()[name].loaded;

  describe("the size of a bundle", () => {
    test("bundles.json lists every function and nothing else", () =>
      expect(Object.keys(known).sort()).toEqual(Object.keys(report()).sort()));

    test.each(names)("%s has not grown by more than a tenth", (name) =>
      expect(loaded(name)).toBeLessThanOrEqual((known[name] ?? 0) * MOST_GROWTH),
    );

    test.each(eventPath)("%s is within its budget", (name) => expect(loaded(name)).toBeLessThanOrEqual(BUDGET));

    test("advance is within its own budget", () => expect(loaded("advance")).toBeLessThanOrEqual(ADVANCE_BUDGET));

    test("journey-publisher is within its own budget", () =>
      expect(loaded("journey-publisher")).toBeLessThanOrEqual(PUBLISHER_BUDGET));

    test.each(names)("%s has of the package.json of a client only the version, and no cache of endpoints", (name) => {
      const { inputs } = report()[name];
      const manifests = Object.entries(inputs).filter(([path]) => /@aws-sdk\/client-[\w-]+\/package\.json$/.test(path));
      expect(manifests).not.toEqual([]);
      expect(manifests.filter(([, bytes]) => bytes > 100)).toEqual([]);
      expect(Object.keys(inputs).filter((path) => path.includes("/mnemonist/"))).toEqual([]);
    });

    test("advance has one operation of SES", () => {
      const folder = folderOf("advance");
      const code = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
      expect(code.join().match(/"\/v2\/email\/[^"]+"/g)).toEqual(['"/v2/email/outbound-emails"']);
    });

    test("a cold start of message-status loads no queue and no secret; another file has them", () => {
      const folder = folderOf("message-status");
      const files = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))] as const);
      for (const client of ["SecretsManager", "SendMessageRequest"])
        expect(files.filter(([, contents]) => contents.includes(client)).map(([file]) => file)).toEqual([
          expect.stringMatching(/^receiving-\w+\.mjs$/),
        ]);
    });

    test("a cold start of advance loads no client of text messages or WhatsApp; each is in a file of its own", () => {
      const folder = folderOf("advance");
      const files = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))] as const);
      const having = (client: string) => files.flatMap(([file, contents]) => (contents.includes(client) ? [file] : []));
      const byNeed = [...having("PinpointSMSVoiceV2"), ...having("SocialMessaging"), ...having("~sent#")];
      expect(byNeed).toEqual([
        expect.stringMatching(/^sms-channel-\w+\.mjs$/),
        expect.stringMatching(/^whatsapp-channel-\w+\.mjs$/),
        expect.stringMatching(/^sent-ids-\w+\.mjs$/),
      ]);
      const first = files.filter(([file]) => !byNeed.includes(file));
      // esbuild may also write a file, for two of these, that has nothing in it.
      expect(loaded("advance")).toBeLessThanOrEqual(first.reduce((sum, [, { length }]) => sum + length, 0));
    });
  });
}
