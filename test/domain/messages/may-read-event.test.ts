import { expect, test } from "vitest";
import { mayReadEvent } from "../../../lambdas/domain/messages/render.ts";

test.each([
  ["names it", { html: "{{ event.total }}" }, true],
  ["names it in the subject", { subject: "{{ event.total }}", html: "" }, true],
  ["names it in a loop", { text: "{% for item in event.items %}{{ item }}{% endfor %}" }, true],
  ["reads by a name that it works out", { html: '{% assign a = "ev" | append: "ent" %}{{ [a].total }}' }, true],
  ["names it by the enrollment", { text: "{{ enrollment.event.total }}" }, true],
  ["prints the enrollment", { text: "{{ enrollment | json }}" }, true],
  ["names the enrollment's key only", { text: "{{ enrollment.key }}" }, false],
  ["names the customer only", { subject: "Hello {{ customer.firstName }}", html: "<p>{{ data.code }}</p>" }, false],
])("a template that %s", (_, template, reads) => expect(mayReadEvent(template)).toBe(reads));
