/** HTML that is ready, such as the message in a layout: it is not escaped again. To filters it is a text. */
import { Drop } from "liquidjs";

export class Markup extends Drop {
  readonly #html: string;

  constructor(html: string) {
    super();
    this.#html = html;
  }

  override valueOf(): string {
    return this.#html;
  }
}
