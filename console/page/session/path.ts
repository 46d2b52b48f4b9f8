/**
 * The path of an address, made of parts that may contain any character. A browser takes the parts `.` and `..` out of
 * an address, also in their escaped form; a customer may have such an id, so these parts get a tilde.
 */

const DOTS = /^~*\.{1,2}$/;
const DOTS_WITH_TILDE = /^~+\.{1,2}$/;

export const pathTo = (...parts: readonly string[]) => `/${parts.map(written).join("/")}`;

export const partsOf = (path: string): string[] =>
  path
    .split("/")
    .filter((part) => part !== "")
    .map(read);

const written = (part: string) => (DOTS.test(part) ? `~${part}` : encodeURIComponent(part));

function read(part: string): string {
  try {
    const text = decodeURIComponent(part);
    return DOTS_WITH_TILDE.test(text) ? text.slice(1) : text;
  } catch {
    // A person typed a percent sign that escapes nothing: the text itself was meant.
    return part;
  }
}
