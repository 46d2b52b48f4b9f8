/** Runs when an admin saves a journey, a template or a segment: checks it, makes it live, and writes the outcome back. */

import { testGate } from "../proof/gate/test-gate.ts";
import { eachStreamRecord } from "./adapters/batches.ts";
import { dynamodbPublishing, storedTests } from "./adapters/dynamodb/publishing.ts";
import { dynamodbSegments } from "./adapters/dynamodb/segments.ts";
import { documentOf, saveIn } from "./adapters/dynamodb/stream-records.ts";
import { dynamodbTemplates } from "./adapters/dynamodb/templates.ts";
import { dynamodbWaitingTexts } from "./adapters/dynamodb/waiting-texts.ts";
import { environmentOf } from "./adapters/environment.ts";
import { awsPorts } from "./adapters/ports.ts";
import { schedules } from "./adapters/runs/schedules.ts";
import { statusTasks } from "./adapters/services/status-tasks.ts";
import { publishSave } from "./app/publish/publish-save.ts";

const environment = environmentOf("journey-publisher");
const templates = dynamodbTemplates(environment.TEMPLATES_TABLE, 0);
const segments = dynamodbSegments(environment.TEMPLATES_TABLE, 0);
const stored = storedTests(environment.JOURNEYS_TABLE);
const given = {
  schedules: schedules(environment),
  statusTasks: statusTasks(environment.STATUS_QUEUE_URL),
  templates,
  waiting: dynamodbWaitingTexts(environment.TEMPLATES_TABLE),
  segments,
  gate: environment.REQUIRE_TESTS === "true" ? testGate({ stored, templates }) : undefined,
};
const common = awsPorts(environment, given, 0);
const ports = { ...common, publishing: dynamodbPublishing(environment.JOURNEYS_TABLE, common.journeys) };

export const handler = eachStreamRecord(
  async (record) => {
    const save = saveIn(record);
    if (save) await publishSave(save, ports);
  },
  { of: documentOf, afterFailure: "fail" },
);
