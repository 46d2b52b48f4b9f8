/**
 * The HTML of mails that the page shows. A mail is a stranger's text, so it never becomes part of the page: the page
 * shows it in a frame whose address only this process knows, under a policy that lets it run and load nothing.
 */
import { randomBytes } from "node:crypto";

const MOST_KEPT = 200;

export class Mails {
  private readonly kept = new Map<string, string>();

  /** Returns the key of the mail. The oldest mails are forgotten. */
  keep(html: string): string {
    const key = randomBytes(16).toString("base64url");
    this.kept.set(key, html);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return key;
  }

  get(key: string): string | undefined {
    return this.kept.get(key);
  }
}
