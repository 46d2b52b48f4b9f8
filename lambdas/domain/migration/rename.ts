/**
 * A person may say that a component of the old version has another id in the new one. The enrollment of a customer who
 * moves then has the new id everywhere: in its position, its step log and its messages. So rules of the new version find
 * the message, and the counts of the journey name components that exist.
 */
import type { Enrollment, Step } from "../enrollment/enrollment.ts";
import type { ComponentType } from "../journey/component.ts";

/** New ids by old ids. */
export type Renames = ReadonlyMap<string, string>;

/** The outcome with which a customer leaves a component of these types is the id of the next component. */
const leadBy: ReadonlySet<ComponentType> = new Set<ComponentType>(["condition", "split"]);

export function renamed(enrollment: Enrollment, renames: Renames): Enrollment {
  if (renames.size === 0) return enrollment;
  const idOf = (id: string) => renames.get(id) ?? id;
  const { position, steps, messages } = enrollment;
  return {
    ...enrollment,
    position: { ...position, componentId: idOf(position.componentId) },
    steps: steps.map((step): Step => {
      const outcome = leadBy.has(step.type) ? idOf(step.outcome) : step.outcome;
      return { ...step, componentId: idOf(step.componentId), outcome };
    }),
    messages: messages.map((message) => ({ ...message, componentId: idOf(message.componentId) })),
  };
}
