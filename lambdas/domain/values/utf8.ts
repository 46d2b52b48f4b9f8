/** Sizes in UTF-8. DynamoDB limits its keys in bytes, and a character takes up to four. */
const encoder = new TextEncoder();

export function isWithinBytes(text: string, most: number): boolean {
  // A UTF-16 unit takes three bytes at most, so a short text need not be encoded.
  return text.length * 3 <= most || (text.length <= most && encoder.encode(text).length <= most);
}
