/** Puts components into a journey, takes them out, connects and renames them, as a person does on the picture. */
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import { entries, type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import type { ComponentType } from "../../../lambdas/domain/journey/component.ts";
import { targetsOf } from "../../../lambdas/domain/journey/targets.ts";
import { type Hints, newComponent } from "./new-component.ts";
import { get, set } from "./set.ts";

/**
 * Puts a new component into a connection. `connection`: the path at which the document names the target of the
 * connection. Every outlet of the new component leads to where the connection led, so that no customer ends there by
 * accident.
 */
export function insert(
  document: Members,
  connection: Path,
  type: ComponentType,
  hints: Hints,
): { readonly document: Members; readonly id: string } {
  const to = get(document, connection);
  const target = typeof to === "string" && to !== "" ? to : undefined;
  const id = freeId(type, members(document.components));
  const from = connection[0] === "components" ? String(connection[1]) : undefined;
  const component = newComponent(type, target, { ...hints, messages: messagesBefore(document, from) });
  const old = entries(document.components);
  const place = from === undefined ? 0 : old.findIndex(([each]) => each === from) + 1;
  const components = Object.fromEntries([...old.slice(0, place), [id, component], ...old.slice(place)]);
  return { document: set({ ...document, components }, connection, id), id };
}

/** Takes a component out. Connections to the removed component then lead to the target of its first outlet. */
export function remove(document: Members, id: string): Members {
  const { [id]: gone, ...components } = members(document.components);
  const ways = targetsOf(gone).map(({ to }) => to);
  const to = ways.find((each): each is string => typeof each === "string" && each !== id);
  const joined = Object.fromEntries(entries(components).map(([each, component]) => [each, led(component, id, to)]));
  const start = document.start === id ? (to ?? "") : document.start;
  return { ...document, ...(start !== undefined && { start }), components: joined };
}

/** Leads a connection to another component, or to the end of the journey. */
export function connect(document: Members, connection: Path, to: string | undefined): Members {
  return set(document, connection, connection[0] === "start" ? (to ?? "") : to);
}

/** Gives a component another id, everywhere where the document names it. */
export function rename(document: Members, from: string, to: string): Members {
  if (from === to) return document;
  const components = Object.fromEntries(
    entries(document.components).map(([id, component]) => [id === from ? to : id, led(component, from, to)]),
  );
  const start = document.start === from ? to : document.start;
  const renamed = { ...document, ...(start !== undefined && { start }), components };
  return members(withMessage(renamed, from, to));
}

/** The ids of components that lead to a component, nearest first. */
function messagesBefore({ components }: Members, from: string | undefined): string[] {
  const all = members(components);
  const near = from === undefined ? [] : [from];
  for (const id of near)
    for (const [before, raw] of Object.entries(all))
      if (!near.includes(before) && targetsOf(raw).some(({ to }) => to === id)) near.push(before);
  return near.filter((id) => members(all[id]).type === "sendTemplate");
}

/** The component with every outlet that led to `from` leading to `to`. */
function led(component: unknown, from: string, to: string | undefined): unknown {
  return targetsOf(component)
    .filter((target) => target.to === from)
    .reduce<unknown>((inside, { path }) => set(members(inside), path, to), component);
}

/** Rules and conditions name the component that sends a message. */
function withMessage(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withMessage(each, from, to));
  if (members(value) !== value) return value;
  return Object.fromEntries(
    entries(value).map(([name, each]) => [
      name,
      name === "message" && each === from ? to : withMessage(each, from, to),
    ]),
  );
}

/** `wait`, `wait-2`, … */
function freeId(type: ComponentType, components: Members): string {
  const stem = type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  for (let number = 1; ; number++) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!Object.hasOwn(components, id)) return id;
  }
}
