/** Collects the facts of a life, by section. Ids that occur in many facts are replaced by names such as `$cart`. */
import { linesOf } from "./golden.ts";

export class Sheet {
  readonly sections = new Map<string, Map<string, string>>();
  private readonly names = new Map<string, string>();

  /** Notes the id under "Ids". In all later facts the id is replaced by `$name`. */
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
