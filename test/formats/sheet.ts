/** The facts that a life leaves behind, by section. Ids that stand in many places are written as names such as `$cart`. */
import { linesOf } from "./golden.ts";

export class Sheet {
  readonly sections = new Map<string, Map<string, string>>();
  private readonly names = new Map<string, string>();

  /** From now on the id stands as `$name`; only under "Ids" it is written out. */
  id(name: string, id: string): void {
    this.fact("Ids", name, id);
    this.shorten(id, `$${name}`);
  }

  shorten(text: string, short: string): void {
    this.names.set(text, short);
  }

  fact(title: string, name: string, value: unknown): void {
    if (value === undefined) throw new Error(`formats.txt, "== ${title}": ${name} was neither stored nor sent.`);
    const section = this.sections.get(title) ?? new Map<string, string>();
    this.sections.set(title, section);
    for (const [line, json] of linesOf(name, value)) section.set(this.short(line), this.short(json));
  }

  private short(text: string): string {
    return [...this.names].reduce((short, [id, name]) => short.replaceAll(id, name), text);
  }
}
