/**
 * Inputs within the limits of documents that would take minutes or gigabytes if the code did not bound its work. The tests
 * check what comes of them, and `npm run bench -- limits` measures the time.
 */

/** Templates that exceed the budget of a message. */
export const costlyEvent = {
  long: "x".repeat(200_000),
  buyer: "b".repeat(100),
  lines: Array.from({ length: 3_000 }, (_, n) => ({ t: `line ${n}`, n })),
  numbers: Array.from({ length: 30_000 }, (_, n) => n),
  member: { ["k".repeat(100_000)]: 1 },
  format: "%A".repeat(50_000),
};

export const loop = (body: string, times = 400_000) => `{% for a in (1..${times}) %}${body}{% endfor %}`;

export const costlyTemplates: readonly (readonly [name: string, source: string])[] = [
  ["a loop in a loop", loop(loop("{{ b }}", 9_000), 9_000)],
  ["a range of a hundred million", "{% for a in (1..99999999) %}{% endfor %}"],
  ["an endless loop that prints nothing", loop("")],
  ["a long text in a loop", "{% for l in event.lines %}{{ l.t }} for {{ event.long }}{% endfor %}"],
  ["a list in a loop", loop("{{ event.numbers }}")],
  ["a text that doubles by append", `{% assign x = "x" %}${loop("{% assign x = x | append: x %}")}`],
  ["a text that doubles by capture", `{% assign x = "x" %}${loop("{% capture x %}{{ x }}{{ x }}{% endcapture %}")}`],
  ["a text that doubles by join", `{% assign x = "a,a" %}${loop("{% assign x = x | split: ',' | join: x %}")}`],
  ["a text that grows by replace", `{% assign x = "xx" %}${loop("{% assign x = x | replace: 'x', 'xx' %}")}`],
  ["a list that doubles by concat", `{% assign x = event.numbers %}${loop("{% assign x = x | concat: x %}")}`],
  [
    "a list that holds itself twice",
    `{% assign x = event.lines %}${loop("{% assign x = x | push: x | push: x %}", 40)}{{ x }}`,
  ],
  ["a list that is nested by push", `{% assign e = event.none %}${loop("{% assign e = event.none | push: e %}")}`],
  ["JSON with indentation", loop("{% assign x = event.lines | json: 10 %}")],
  ["JSON with long names", loop("{% assign x = event.member | json %}")],
  ["comparing lists", loop("{% if event.numbers == event.numbers %}{% endif %}")],
  ["comparing lists by case", loop("{% case event.numbers %}{% when event.numbers %}{% endcase %}")],
  ["a case of many values", loop(`{% case a %}{% when ${"0,".repeat(50_000)}0 %}{% endcase %}`)],
  ["a copy of a list per loop", loop("{% for b in event.numbers reversed %}{% break %}{% endfor %}")],
  ["a sorted list per loop", loop("{% assign x = event.lines | sort: 't' %}")],
  ["a long path", loop(`{{ event${".a".repeat(20_000)} }}`)],
  ["nested brackets", loop(`{{ event${"[a".repeat(200)}${"]".repeat(200)} }}`)],
  ["dates", loop("{{ event.at | date: '%A %B' }}")],
  ["a long date format", loop("{% assign x = '2026-01-05' | date: event.format %}")],
  ["a padded date", "{% assign x = '2026-01-05' | date: '%9000000Y' %}"],
];

/** HTML of which a careless check would read the rest again for each tag. */
export const brokenHtml = {
  "unclosed tags": "<a ".repeat(90_000),
  "quotes that open each other": "<a '\"".repeat(60_000),
  "one attribute after another": `<a ${"b=c ".repeat(70_000)}>`,
  blanks: `<a${" ".repeat(290_000)}`,
  "a long name in a condition": `{% if customer.${"a".repeat(280_000)} %}x{% endif %}`,
  "braces in conditions": `{% if "{{" == customer.x %}x{% endif %}`.repeat(7_000),
  "one value after another": "{{now}}".repeat(42_000),
  "an output of blanks": `{{ customer.a${" ".repeat(290_000)}}}`,
};
