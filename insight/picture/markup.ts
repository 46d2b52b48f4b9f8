/** Text inside XML markup. */

/** Escapes markup, and replaces characters that XML does not allow. */
export function escapeMarkup(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, " ").replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
