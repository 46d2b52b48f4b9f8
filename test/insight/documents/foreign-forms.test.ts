/** Documents in another form and exports of other systems get one sentence that says what to do. */
import { expect, test } from "vitest";
import { foreignForm } from "../../../insight/documents/foreign-forms.ts";
import { journey, scenario, template } from "../../cli/running.ts";

const item = { id: { S: "a" }, version: { S: "current" }, components: { M: { x: { M: { type: { S: "wait" } } } } } };

test.each<[string, unknown, string, RegExp]>([
  ["an item of DynamoDB", item, "dynamodb-json", /\{ "S": … \}\)\. Write the plain values/],
  ["the answer to get-item", { Item: item }, "dynamodb-json", /journeys export writes them/],
  ["the answer to scan", { Items: [item], Count: 1 }, "dynamodb-json", /./],
  ["a list of one journey", [journey], "list-of-documents", /a list with one journey\./],
  ["a list of documents", [journey, template], "list-of-documents", /a list with 2 documents\. A file holds one/],
  ["a wrapped journey", { journey }, "wrapped-document", /^The journey is inside the member "journey"\./],
  [
    "a wrapped template",
    { status: 200, data: template },
    "wrapped-document",
    /^The template is inside the member "data"/,
  ],
  ["JSON in a text", JSON.stringify(journey), "json-in-text", /a text that contains JSON/],
  [
    "a journey of Pinpoint",
    { Name: "x", StartActivity: "a", StartCondition: {}, Activities: { a: { EMAIL: {} } } },
    "foreign-journey",
    /of Amazon Pinpoint, .*EMAIL activity sendTemplate/,
  ],
  [
    "the answer of Pinpoint",
    { JourneyResponse: { StartCondition: {}, Activities: {} } },
    "foreign-journey",
    /Pinpoint/,
  ],
  [
    "a campaign of Customer.io",
    {
      campaign: {
        id: 1,
        name: "x",
        type: "event",
        event_name: "go",
        deduplicate_id: "1:2",
        actions: [{ type: "email" }],
      },
    },
    "foreign-journey",
    /of Customer\.io, .*time delay wait/,
  ],
  [
    "a journey of Dittofeed",
    { name: "x", definition: { entryNode: { type: "EntryNode" }, exitNode: {}, nodes: [] } },
    "foreign-journey",
    /of Dittofeed, .*DelayNode wait/,
  ],
  [
    "a workflow of PostHog",
    { name: "x", trigger: { type: "event" }, exit_condition: "exit_on_conversion", actions: [], edges: [] },
    "foreign-journey",
    /of PostHog, .*function_email sendTemplate/,
  ],
  [
    "a campaign of Mautic",
    { name: "x", events: [{ eventType: "action", type: "email.send" }], lists: [], canvasSettings: { nodes: [] } },
    "foreign-journey",
    /of Mautic, .*email\.send event sendTemplate/,
  ],
  ["an export of Mautic", { campaign: [{ events: [{ event_type: "action" }] }] }, "foreign-journey", /Mautic/],
])("%s", (_, value, code, message) => {
  expect(foreignForm(value)).toEqual({ path: "", code, message: expect.stringMatching(message) });
});

test.each<[string, unknown]>([
  ["a journey", journey],
  ["a template", template],
  ["a scenario", scenario],
  ["an empty object", {}],
  ["an empty list", []],
  ["a list of events", [{ event: "go", customerId: "c-1" }]],
  ["a text", "hello"],
  ["nothing", null],
  ["a journey whose goal is named N", { ...journey, goals: [{ N: "1" }] }],
  ["a scenario of one event", { events: scenario.events }],
])("%s is in no other form", (_, value) => expect(foreignForm(value)).toBeUndefined());
