/**
 * The text of a file. Files are in UTF-8, as JSON demands. Bytes of another encoding would become "Sch�ne" in a mail, so
 * such a file is refused, and the message names the encoding that the bytes look like.
 */
import { type PlacedProblem, placesIn } from "./places.ts";

export type Decoded = { readonly text: string } | { readonly problems: readonly PlacedProblem[] };

export function decode(bytes: Uint8Array): Decoded {
  const wide = wideEncodingOf(bytes);
  if (wide) return { problems: [wrong(`The file is in ${wide}, not in UTF-8. Save it again as UTF-8.`)] };
  try {
    // The decoder drops a byte order mark of UTF-8.
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const offset = firstWrongByte(bytes);
    const before = new TextDecoder().decode(bytes.subarray(0, offset));
    const { line, column } = placesIn(before)(before.length);
    const where = `line ${line}, column ${column}`;
    const looks = narrowEncodingOf(bytes);
    const message = `The file is not in UTF-8 (first at ${where}). It looks like ${looks}. Save it again as UTF-8.`;
    return { problems: [{ ...wrong(message), line, column }] };
  }
}

const wrong = (message: string): PlacedProblem => ({ path: "", code: "wrong-encoding", message });

/** Recognizes UTF-16 and UTF-32 by the byte order mark, or by the zero bytes that ASCII characters have in them. */
function wideEncodingOf(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32 (little-endian)" : "UTF-16 (little-endian)";
  if (a === 0xfe && b === 0xff) return "UTF-16 (big-endian)";
  if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
  const zeros = (start: number) => {
    let found = 0;
    for (let at = start; at < bytes.length; at += 2) if (bytes[at] === 0) found++;
    return found / (bytes.length / 2);
  };
  if (zeros(1) > 0.5 && zeros(0) < 0.1) return "UTF-16 (little-endian)";
  if (zeros(0) > 0.5 && zeros(1) < 0.1) return "UTF-16 (big-endian)";
  return undefined;
}

/**
 * Finds, by halving, the longest part from the start that is valid UTF-8, possibly with an incomplete last character.
 */
function firstWrongByte(bytes: Uint8Array): number {
  const isGood = (length: number) => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isGood(middle)) low = middle;
    else high = middle - 1;
  }
  // An incomplete character at the end of the good part is the wrong one.
  while (low > 0 && ((bytes[low - 1] ?? 0) & 0xc0) === 0x80) low--;
  return low > 0 && (bytes[low - 1] ?? 0) >= 0xc0 ? low - 1 : low;
}

/** In East Asian encodings, bytes above 0x7f come in pairs; in the encodings of one byte per character, mostly alone. */
function narrowEncodingOf(bytes: Uint8Array): string {
  const runs = Array.from(
    Buffer.from(bytes)
      .toString("latin1")
      .matchAll(/[\x80-\xff]+/g),
    ([run]) => run,
  );
  const paired = runs.filter((run) => run.length % 2 === 0).length;
  if (paired > runs.length / 2 && decodes(bytes, "gb18030"))
    return "an East Asian encoding, such as GBK, Shift_JIS or EUC-KR";
  return runs.some((run) => /[\x80-\x9f]/.test(run))
    ? "Windows-1252, the encoding of older Windows programs"
    : "ISO-8859-1 (Latin-1) or Windows-1252";
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
