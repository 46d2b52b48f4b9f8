/**
 * Random templates with random data, both within the limits of documents. A message never has more than 2 MB and never
 * holds half a surrogate pair, whatever a template does with the data. `npm run faults` also limits the time of each.
 */
import { checkTemplate } from "../../lambdas/domain/checks/check-journey.ts";
import { engines, type RenderScope, render } from "../../lambdas/domain/messages/render.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import type { Fuzzed } from "./fuzz.ts";
import { Lots } from "./lots.ts";

const MOST_BYTES = 2_000_000;
/** Every fourth template works on lists and loops of thousands, which costs most of the run. The others have a few. */
const HEAVY = 4;
const NOW = "2026-01-05T10:00:00.000Z";

/**
 * `mostSeconds` of the thread's own work for one message: other processes on the machine do not count. The answer names the
 * largest message and the longest work that came.
 */
export function fuzzTemplates(seed: number, count: number, mostSeconds = Number.POSITIVE_INFINITY): Fuzzed {
  const counted = { accepted: 0, refused: 0 };
  const failures: string[] = [];
  const most = { bytes: 0, seconds: 0 };
  const lots = new Lots(seed);
  for (let number = 0; number < count; number++) {
    const isHeavy = number % HEAVY === 0;
    const template = randomTemplate(lots, isHeavy);
    const scope = randomScope(lots, isHeavy);
    const start = process.threadCpuUsage();
    try {
      const { subject, html = "", text = "" } = render(template, scope);
      counted.accepted++;
      const bytes = Buffer.byteLength(subject + html + text);
      most.bytes = Math.max(most.bytes, bytes);
      if (bytes > MOST_BYTES) failures.push(found(number, seed, `a message of ${bytes} bytes`, template));
      if (![subject, html, text].every((part) => part.isWellFormed()))
        failures.push(found(number, seed, "half a surrogate pair", template));
    } catch {
      // The component is skipped as not-renderable.
      counted.refused++;
    }
    const { user, system } = process.threadCpuUsage(start);
    const seconds = (user + system) / 1e6;
    most.seconds = Math.max(most.seconds, seconds);
    if (seconds > mostSeconds) failures.push(found(number, seed, `${seconds} s of work`, template));
  }
  const megabytes = Math.ceil(process.resourceUsage().maxRSS / 1000);
  return { documents: { rendering: counted }, failures: failures.slice(0, 20), megabytes, mostOfAMessage: most };
}

function found(number: number, seed: number, what: string, template: Template): string {
  return `rendering ${number} of seed ${seed}: ${what}: ${JSON.stringify(template).slice(0, 2_000)}`;
}

/** A template that validates. A random one that does not is drawn again. */
function randomTemplate(lots: Lots, isHeavy: boolean): Template {
  for (;;) {
    const drawn = () => nodes(lots, 1 + lots.below(4), 4).slice(0, 290_000);
    const part = () => (isHeavy ? drawn() : drawn().replaceAll(/\.\.\d{4,}\)/g, "..40)"));
    const template = {
      id: "t",
      channel: "email",
      class: "marketing",
      subject: lots.below(4) === 0 ? nodes(lots, 1, 1).slice(0, 900) || "s" : "s",
      ...(lots.below(3) > 0 && { html: `<p>${part()}</p>` }),
      text: part() || "x",
      ...(lots.below(3) === 0 && { text: undefined }),
    };
    const checked = checkTemplate(JSON.parse(JSON.stringify(template)));
    if ("value" in checked) return checked.value;
  }
}

const filters = Object.keys(engines.text.filters);
const assigned = ["x", "y", "z"];
const paths = [
  "event.text",
  "event.list",
  "event.numbers",
  "event.lists",
  "event.object",
  "event.time",
  "customer.name",
];

function nodes(lots: Lots, count: number, depth: number): string {
  return Array.from({ length: count }, () => node(lots, depth)).join("");
}

function node(lots: Lots, depth: number): string {
  const inner = () => (depth > 0 ? nodes(lots, 1 + lots.below(3), depth - 1) : expression(lots, true));
  const value = () => expression(lots, false);
  const name = lots.of(assigned);
  switch (lots.below(12)) {
    case 0:
      return lots.of([
        "Hello ",
        "<blockquote>",
        "<ul><li>",
        "<br>",
        "<div>",
        "</div>",
        "<hr>",
        "x".repeat(lots.below(2_000)),
      ]);
    case 1:
    case 2:
      return `{% assign ${name} = ${filtered(lots)} %}`;
    case 3:
      return `{% capture ${name} %}${inner()}{% endcapture %}`;
    case 4:
    case 5:
      return `{% for i in ${collection(lots)} %}${inner()}{% endfor %}`;
    case 6:
      return `{% if ${value()} ${lots.of(["==", "!=", "contains", "and", "or"])} ${value()} %}${inner()}{% else %}${inner()}{% endif %}`;
    case 7:
      return `{% case ${value()} %}{% when ${value()}, ${value()} %}${inner()}{% else %}${inner()}{% endcase %}`;
    case 8:
      return `{% tablerow i in ${collection(lots)} cols:${lots.of([1, 2, 3, 4, "z", "event.list"])} %}${inner()}{% endtablerow %}`;
    case 9:
      return `{% for i in (1..${lots.of([3, 40, 1_000, 100_000])}) %}{% assign ${name} = ${name} | ${growing(lots, name)} %}${inner()}{% endfor %}`;
    default:
      return expression(lots, true);
  }
}

const growing = (lots: Lots, name: string) =>
  lots.of([
    `append: ${name}`,
    `concat: ${name}`,
    `push: ${name}`,
    `prepend: ${name}`,
    `join: ${name}`,
    `unshift: ${name}`,
    "json: 10",
    "escape",
    "url_encode",
    `replace: 'x', ${name}`,
    "split: ''",
  ]);

const collection = (lots: Lots) =>
  lots.of([...paths, ...assigned, "(1..9)", "(1..3000)", "(1..event.numbers.size)", "(1..x)", "(y..9)", "event[x]"]) +
  lots.of(["", "", " reversed", " limit:5", " limit:x", " offset:y"]);

function expression(lots: Lots, output: boolean): string {
  if (output) return `{{ ${filtered(lots)} }}`;
  return lots.of([...paths, ...assigned, "i", "i.t", "'a'", "7", "forloop.index", "event[x]"]);
}

function filtered(lots: Lots): string {
  const chain = Array.from({ length: lots.below(4) }, () => {
    const given = Array.from({ length: lots.below(3) }, () => expression(lots, false));
    return ` | ${lots.of(filters)}${given.length > 0 ? `: ${given.join(", ")}` : ""}`;
  });
  return expression(lots, false) + chain.join("");
}

function randomScope(lots: Lots, isHeavy: boolean): RenderScope {
  const large = lots.of(isHeavy ? [0, 1, 10, 200, 5_000] : [0, 1, 10, 50]);
  const text = lots.of(["x", "&", "a b ", "<b>", "é", "\ud83d", "<blockquote>", "a@b.example,"]);
  const event: Record<string, Json> = {
    text: text.repeat(Math.min(large * 10, 40_000)),
    list: Array.from({ length: Math.min(large, 2_000) }, (_, n) => ({ t: `${text}${n}`, n })),
    numbers: Array.from({ length: large * 2 }, (_, n) => n * 1.5),
    lists: Array.from({ length: large / 10 }, () => [text, [text, [text]]]),
    object: Object.fromEntries(Array.from({ length: large }, (_, n) => [`${text}${n}`, n])),
    time: lots.of<Json>([NOW, "1990-05-01", 1_767_607_200, 1_767_607_200_000, "soon", "%A".repeat(large)]),
  };
  return {
    customer: { name: text.repeat(10) },
    event,
    enrollment: { event, key: "k" },
    data: { x: text },
    journey: { id: "j", name: "J" },
    now: NOW,
    timezone: lots.of(["UTC", "Pacific/Honolulu", "Europe/Berlin"]),
    unsubscribeUrl: "https://u.example",
  };
}
