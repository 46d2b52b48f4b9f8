/**
 * The one form of an email address: lower case, the domain in ASCII. Messages are sent to this form, and marks,
 * suppression and comparison use it, so that two spellings of an address count as one address.
 *
 * The address is converted first and checked afterwards, because the conversion may make a comma of another character:
 * `ada@a.example，b.example` would otherwise become two recipients.
 */

/**
 * Before the `@`, SES accepts only ASCII characters. Before the `@`, some programs decode an encoded word (`=?…?=`),
 * which may hold two addresses.
 */
const LOCAL = /^(?!.*=\?)[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;
/** The last label has a letter: `ada@127.1` names no domain. */
const DOMAIN = /^(?=.{1,253}$)([a-z0-9_-]{1,63}\.)*(?=[a-z0-9_-]*[a-z])[a-z0-9_-]{1,63}$/;
const ASCII = /^[\x20-\x7e]*$/;

/** `undefined` when the text is not exactly one address that SES takes. */
export function canonicalAddress(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, Math.max(at, 0)), asciiDomain(address.slice(at + 1))];
  return LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : undefined;
}

/** The domain in ASCII (punycode); the domain unchanged when it cannot be converted. */
function asciiDomain(domain: string): string {
  // In a URL these characters end the host, so the rest of the text would be lost.
  if (ASCII.test(domain) || /[\s/\\?#@:%]/.test(domain)) return domain;
  return URL.parse(`http://${domain}`)?.hostname ?? domain;
}
