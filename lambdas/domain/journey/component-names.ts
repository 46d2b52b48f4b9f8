/**
 * The names that people give to components. A change of names and notes makes no new version, so the live journey takes
 * its names from the newest saved document, and everything else from its version.
 */
import type { Component } from "./component.ts";
import type { Journey } from "./journey.ts";

export type ComponentNames = Readonly<Record<string, string>>;

/** `undefined` when no component has a name. */
export function componentNames({ components }: Pick<Journey, "components">): ComponentNames | undefined {
  const named = Object.entries(components).flatMap(([id, { name }]) =>
    name === undefined ? [] : [[id, name] as const],
  );
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

/** The journey with these names. The same object when no component has a name. */
export function withNames<J extends Pick<Journey, "components">>(journey: J, names: ComponentNames = {}): J {
  if (!componentNames(journey) && Object.keys(names).length === 0) return journey;
  const components = Object.entries(journey.components).map(([id, { name: _, ...component }]) => {
    const name = Object.hasOwn(names, id) ? names[id] : undefined;
    return [id, { ...component, ...(name !== undefined && { name }) } as Component] as const;
  });
  return { ...journey, components: Object.fromEntries(components) };
}

/** The components without their names and notes, for comparing versions. */
export function withoutNames({ components }: Pick<Journey, "components">): Record<string, object> {
  return Object.fromEntries(
    Object.entries(components).map(([id, { name: _, note: __, ...component }]) => [id, component]),
  );
}
