/** Places in HTML where escaping does not protect the reader. They are warnings. */
import { expect, test } from "vitest";
import { brokenHtml } from "../../../bench/worst-inputs.ts";
import { checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";

const found = (html: string) => {
  const checked = checkTemplate({ id: "t", channel: "email", class: "marketing", subject: "s", html });
  const problems = "problems" in checked ? checked.problems : checked.warnings;
  expect(problems.every(({ severity }) => severity === "warning")).toBe(true);
  return problems.map(({ code }) => code);
};

test.each([
  ["an attribute in quotes", '<p class="{{ customer.a }}">', []],
  ["an attribute without quotes", "<p class={{ customer.a }}>", ["unquoted-attribute"]],
  ["an attribute that ends without quotes", "<p class=a{{ customer.a }}>", ["unquoted-attribute"]],
  ["a value between tags", "<p>a={{ customer.a }}</p>", []],
  ["a link that data gives", '<a href="{{ event.url }}">', ["unchecked-link"]],
  ["a link in single quotes, with filters", "<a href='{{ event.url | strip }}'>", ["unchecked-link"]],
  ["a link with a blank before the value", '<a href=" {{ event.url }}">', ["unchecked-link"]],
  ["a link without quotes", "<a href={{ event.url }}>", ["unquoted-attribute", "unchecked-link"]],
  ["a picture that data gives", '<img alt="x" src="{{ event.url }}">', ["unchecked-link"]],
  ["a link that starts by itself", '<a href="https://shop.example/{{ event.path }}">', []],
  ["a link that starts with a filter", "<a href=\"{{ event.path | prepend: 'https://shop.example/' }}\">", []],
  ["our own link", '<a href="{{ unsubscribeUrl }}">', []],
  [
    "a link that a condition has checked",
    "{% if event.url contains 'https://shop.example/' %}<a href=\"{{ event.url }}\">x</a>{% endif %}",
    [],
  ],
  [
    "a link where a condition has checked another",
    "{% if event.x contains 'https://' %}<a href=\"{{ event.url }}\">x</a>{% endif %}",
    ["unchecked-link"],
  ],
  ["an attribute behind a quoted >", '<a title=">" href="{{ event.url }}">', ["unchecked-link"]],
  ["a tag that Liquid chooses", '<a {% if customer.a %}class=b {% endif %}href="{{ event.url }}">', ["unchecked-link"]],
  ["Liquid that is shown as it is", '{% raw %}<a href="{{ event.url }}">{% endraw %}', []],
  ["a link in a comment", '{% comment %}<a href="{{ event.url }}">{% endcomment %}', []],
  [
    "a link after a tag that names braces",
    '{% if customer.a == "{{" %}x{% endif %}<a href="{{ event.url }}">',
    ["unchecked-link"],
  ],
  ["the same link twice", '<a href="{{ event.url }}"><a href="{{ event.url }}">', ["unchecked-link"]],
])("%s", (_, html, codes) => expect(found(html)).toEqual(codes));

// A check that reads the rest of the text again for each tag would not end here.
test.each(Object.entries(brokenHtml))("broken HTML is read once: %s", (_, html) => expect(found(html)).toEqual([]));
