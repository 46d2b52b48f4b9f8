/**
 * The preview line of a mail: mail programs show the first text of a message beside its subject. The line is hidden in
 * the HTML and followed by blanks, so that the mail program shows nothing else of the message after it.
 */
const HIDDEN = 'style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all"';
const BLANKS = "&#8199;&#65279;&#847; ".repeat(60);
const BODY = /<body\b/i;

/** `preheader`: HTML whose values are escaped. */
export function withPreheader(html: string, preheader: string): string {
  const hidden = `<div ${HIDDEN}>${preheader.replace(/\s+/g, " ").trim()}${BLANKS}</div>`;
  const body = BODY.exec(html);
  const start = body === null ? 0 : html.indexOf(">", body.index) + 1;
  return html.slice(0, start) + hidden + html.slice(start);
}
