/**
 * `{% render "ID", name: value %}` puts a partial in. The partial sees what every template sees, and the values that it
 * is given by name; the partial does not see variables that the template assigns. The id is written out, so that the
 * checks know it.
 */
import { type Context, type Emitter, Hash, type Liquid, Tag, type TagToken, type TopLevelToken } from "liquidjs";
import { budgetOf, type RenderContext } from "./render-context.ts";

const QUOTED = /^(["'])(.*)\1$/s;

export class PartialTag extends Tag {
  readonly id: string;
  readonly given: Hash;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.tokenizer.skipBlank();
    const written = this.tokenizer.readValue()?.getText() ?? "";
    const id = QUOTED.exec(written)?.[2];
    if (id === undefined) throw new Error(`write the id of the partial in quotes, such as {% render "footer" %}`);
    this.id = id;
    this.given = new Hash(this.tokenizer);
    if (!this.tokenizer.end())
      throw new Error(`after the id only values by name can follow, such as {% render "footer", color: "red" %}`);
  }

  *render(context: Context, emitter: Emitter): Generator<unknown, void, never> {
    const values: Record<string, unknown> = yield this.given.render(context);
    budgetOf(context).work(1);
    emitter.write(yield (context as RenderContext).partial(this.id, values));
  }

  *arguments(): Generator<never> {
    yield* Object.values(this.given.hash) as never[];
  }
}
