/** Which variables of a template exist: alone, and together with the journeys that send the template. */
import { describe, expect, test } from "vitest";
import { checkJourney, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { dataNamesOf, variablesOf } from "../../../lambdas/domain/checks/check-variables.ts";

const template = (text: string, more: object = {}) => ({
  id: "t",
  channel: "email",
  class: "marketing",
  subject: "s",
  text,
  ...more,
});
const found = (text: string, dataNames?: readonly string[]) => {
  const checked = checkTemplate(template(text), dataNames && new Set(dataNames));
  return ("problems" in checked ? checked.problems : checked.warnings).map(
    ({ code, severity = "error" }) => `${severity} ${code}`,
  );
};
const ERROR = ["error unknown-variable"];
const WARNING = ["warning unknown-variable"];

describe("a template by itself", () => {
  test.each<[string, string, readonly string[]]>([
    ["knows the customer, the event and the enrollment", "{{ customer.a }}{{ event.b }}{{ enrollment.key }}", []],
    [
      "knows the unsubscribe link, the journey, data and now",
      "{{ unsubscribeUrl }}{{ journey.name }}{{ data.x }}{{ now }}",
      [],
    ],
    [
      "knows what it assigns",
      "{% assign a = 1 %}{% capture b %}x{% endcapture %}{% increment c %}{{ a }}{{ b }}{{ c }}",
      [],
    ],
    ["knows the variable of a loop", "{% for l in event.lines %}{{ l.t }}{{ forloop.index }}{% endfor %}", []],
    ["knows a variable that it assigns further down", "{{ a }}{% assign a = 1 %}", []],
    ["does not know the variable of a loop behind the loop", "{% for l in event.a %}{% endfor %}{{ l.t }}", WARNING],
    ["refuses a misspelled customer", "{{ custmer.firstName }}", ERROR],
    ["refuses a misspelled event in a condition", "{% if evnt.total > 3 %}x{% endif %}", ERROR],
    ["refuses it as a filter's argument", "{{ 'a' | append: custmer.firstName }}", ERROR],
    ["warns of a name that data may give", "{{ skuu }}", WARNING],
    ["warns of a path that data may give", "{{ product.name }}", WARNING],
    ["reads nothing in a comment", "{% comment %}{{ skuu }}{% endcomment %}", []],
  ])("%s", (_, text, expected) => expect(found(text)).toEqual(expected));
});

describe("a template whose components are known", () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    ["knows their data", "{{ sku }}{{ product.name }}", ["sku", "product"], []],
    ["refuses a name that no data gives", "{{ skuu }}", ["sku"], ERROR],
    ["refuses any name when there is no data", "{{ sku }}", [], ERROR],
    ["accepts a data name that is close to a known one", "{{ events.first }}", ["events"], []],
  ])("%s", (_, text, names, expected) => expect(found(text, names)).toEqual(expected));

  test("suggests the right name", () => {
    const checked = checkTemplate(template("\n {{ skuu }}"), new Set(["sku"]));
    expect("problems" in checked && checked.problems).toEqual([
      {
        path: "text",
        code: "unknown-variable",
        message: 'There is no variable "skuu" (line 2 col 5). Did you mean "sku"?',
      },
    ]);
  });

  test("the data of all components of all journeys counts", () => {
    const sends = (data: object) => ({ components: { a: { type: "sendTemplate", template: "t", data } } });
    expect(dataNamesOf([sends({ a: 1 }), sends({ b: 1 }), { components: null }, null])).toEqual(
      new Map([["t", new Set(["a", "b"])]]),
    );
  });
});

describe("a journey with its templates", () => {
  const journey = (components: Record<string, object | undefined>) => ({
    id: "j",
    name: "J",
    trigger: { event: "go" },
    start: Object.keys(components)[0],
    components: Object.fromEntries(
      Object.entries(components).map(([id, data], index, all) => [
        id,
        { type: "sendTemplate", template: "t", data, next: all[index + 1]?.[0] },
      ]),
    ),
  });
  const problems = (components: Record<string, object | undefined>, text = "{{ sku }}") => {
    const variables = variablesOf([template(text)]);
    const checked = checkJourney(JSON.parse(JSON.stringify(journey(components))), new Set(["t"]), variables);
    return ("problems" in checked ? checked.problems : checked.warnings).map(
      ({ path, code, severity = "error", message }) => [path, severity, code, /Did you mean "(.*)"/.exec(message)?.[1]],
    );
  };

  test.each([
    ["a component that gives the variable", { a: { sku: 1 } }, []],
    [
      "a component that misspells it",
      { a: { skuu: 1 } },
      [["components.a.template", "error", "unknown-variable", "skuu"]],
    ],
    ["a component without data", { a: undefined }, [["components.a.template", "error", "unknown-variable", undefined]]],
    [
      "one component that gives it and one that does not: the template may do without",
      { a: { sku: 1 }, b: {} },
      [["components.b.template", "warning", "unknown-variable", undefined]],
    ],
  ])("%s", (_, components, expected) => expect(problems(components)).toEqual(expected));

  test("a template that asks whether the variable has a value may do without, if another component gives it", () => {
    const asks = "{% if sku %}{{ sku }}{% else %}none{% endif %}";
    expect(problems({ a: { sku: 1 }, b: {} }, asks)).toEqual([]);
    expect(problems({ a: {}, b: {} }, asks)).toHaveLength(2);
    expect(problems({ a: { sku: 1 }, b: {} }, "{% if skuu %}x{% endif %}{{ sku }}")).toHaveLength(3);
  });
});

test.each([
  [99, true],
  [100, false],
])("at most a hundred names are compared: behind %i names, a name is suggested: %s", (before, isSuggested) => {
  const names = [...Array.from({ length: before }, (_, number) => `n${number}`), "deliveryTime"];
  const assigned = names.map((name) => `{% assign ${name} = 1 %}`).join("");
  const checked = checkTemplate(template(`${assigned}{{ deliveryTme }}`));
  const [problem] = "warnings" in checked ? checked.warnings : [];
  expect(problem?.code).toBe("unknown-variable");
  expect(problem?.message.includes('Did you mean "deliveryTime"?')).toBe(isSuggested);
});
