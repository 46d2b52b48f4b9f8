/**
 * The picture of a text that may have problems. A component that lacks something is drawn like a whole one, with its
 * problem on the card, so that a person can connect it before filling it in.
 */
import * as z from "zod/mini";
import { type Diagram, diagramOf, endOf, TRIGGER } from "../../../insight/picture/diagram/diagram.ts";
import { type Sketch, sketch } from "../../../insight/picture/sketch.ts";
import { entries, items, type Members, members, valid } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { component, components } from "../../../lambdas/domain/journey/component.ts";
import { MOST_COMPONENTS } from "../../../lambdas/domain/journey/journey.ts";

export interface DraftPicture extends Sketch {
  readonly diagram: Diagram;
}

/** `undefined` when the journey has too many components for a picture. */
export function draftPicture(value: Members): DraftPicture | undefined {
  const all = entries(value.components);
  if (all.length > MOST_COMPONENTS) return undefined;
  const drawn = sketch({ ...value, components: Object.fromEntries(all.map(([id, raw]) => [id, mended(raw)])) });
  const diagram = diagramOf(drawn.journey, undefined, drawn.broken);
  return { ...drawn, diagram: drawn.journey.start === "" ? withoutStart(diagram) : diagram };
}

/** The trigger of a journey without a start leads to an end, so that there is a connection to put a component into. */
function withoutStart({ boxes, ways }: Diagram): Diagram {
  const end = endOf(TRIGGER, 0);
  return {
    boxes: [...boxes, { id: end, kind: "end", over: "", title: "End", details: [] }],
    ways: [{ from: TRIGGER, to: end, label: "", path: ["start"] }, ...ways],
  };
}

/** The text on a card in place of a value that is missing or wrong, by the member. */
const placeholders: Members = {
  template: "no-template-yet",
  message: "no-message-yet",
  status: "read",
  within: "P1D",
  for: "P1D",
  tags: ["no tag yet"],
  event: "no-event-yet",
  percent: 50,
  id: "branch",
  when: { field: "customer.no-condition-yet", operator: "exists" },
};

/** The component with placeholders in place of its problems; the component itself when placeholders are not enough. */
function mended(raw: unknown): unknown {
  if (valid(component, raw)) return raw;
  const kind = components.find(({ shape }) => shape.type.def.values[0] === members(raw).type);
  const whole = kind && filled(kind, raw);
  return whole !== undefined && valid(component, whole) ? whole : raw;
}

function filled(schema: z.ZodMiniObject, raw: unknown): Members {
  const given = members(raw);
  const found = Object.entries(schema.shape).flatMap(([name, member]): [string, unknown][] => {
    const value = given[name];
    if (name === "branches" && member instanceof z.ZodMiniArray && member.def.element instanceof z.ZodMiniObject) {
      const element = member.def.element;
      return [[name, items(value).map(([, branch]) => filled(element, branch))]];
    }
    if (value !== undefined && valid(member as z.core.$ZodType, value) !== undefined) return [[name, value]];
    return name in placeholders && (value !== undefined || !isOptional(member)) ? [[name, placeholders[name]]] : [];
  });
  return Object.fromEntries(found);
}

const isOptional = (schema: unknown) => z.safeParse(schema as z.core.$ZodType, undefined).success;
