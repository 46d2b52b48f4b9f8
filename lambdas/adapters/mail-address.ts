/**
 * SES takes addresses in ASCII only. This file writes display names as encoded words (RFC 2047) or quoted (RFC 5322),
 * and domains in their ASCII form. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
import { domainToASCII } from "node:url";

/** `text`: `Name <local@domain>`, or an address alone. */
export function mailAddress(text: string): string {
  const open = text.endsWith(">") ? text.lastIndexOf("<") : -1;
  const name = text.slice(0, Math.max(0, open)).trimEnd();
  const address = open < 0 ? text : text.slice(open + 1, -1);
  const at = address.lastIndexOf("@");
  const domain = domainToASCII(address.slice(at + 1)) || address.slice(at + 1);
  const plain = `${address.slice(0, at)}@${domain}`;
  return name === "" ? plain : `${displayName(name)} <${plain}>`;
}

function displayName(name: string): string {
  if (/[^\x20-\x7e]/.test(name)) return encodedWords(unquoted(name));
  if (/^[\w !#$%&'*+/=?^`{|}~-]+$/.test(name) || /^"([^"\\]|\\.)*"$/.test(name)) return name;
  return `"${name.replace(/["\\]/g, "\\$&")}"`;
}

function unquoted(name: string): string {
  const [, inside] = /^"(.*)"$/s.exec(name) ?? [];
  return inside?.replace(/\\(.)/g, "$1") ?? name;
}

/** An encoded word has at most 75 characters, and no character is split between two words. */
function encodedWords(text: string): string {
  const words: string[] = [""];
  for (const letter of text) {
    const word = `${words.at(-1)}${letter}`;
    if (Buffer.byteLength(word) <= 45) words[words.length - 1] = word;
    else words.push(letter);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join(" ");
}
