/** STOP words: the whole message counts, whatever its case, accents, blanks and punctuation. */
import { expect, test } from "vitest";
import { isStopWord } from "../../../lambdas/domain/inbound/stop-words.ts";

test.each([
  ["STOP"],
  ["stop"],
  [" Stop! "],
  ["S.T.O.P."],
  ["stop all"],
  ["Opt-out"],
  ["opt out"],
  ["UNSUBSCRIBE"],
  ["cancel"],
  ["Revoke"],
  ["TD"],
  ["STOPP"],
  ["Abmelden."],
  ["arrêt"],
  ["Arre\u0302t"],
  ["Désabonner"],
  ["No más"],
  ["BAJA"],
  ["parar"],
  ["Sair"],
  ["afmelden"],
  ["rezygnuję"],
  ["Annulla"],
  ["ＳＴＯＰ"],
])("%j is one", (text) => expect(isStopWord(text)).toBe(true));

test.each([
  [""],
  ["!"],
  ["please stop by at eight"],
  ["stop it now"],
  ["don't stop"],
  ["START"],
  ["the end"],
  ["nonstop"],
  [`stop${" ".repeat(100)}`],
  ["constructor"],
])("%j is none", (text) => expect(isStopWord(text)).toBe(false));
