/**
 * The words by which the owner of a number says that they want no more marketing on this channel. Only a whole message
 * counts: "STOP" and "Stop!" do, "please stop by" does not. The stack does not act on any other text; a person must
 * read it.
 *
 * English, and ARRET: the words that AWS End User Messaging, the rules of the United States (47 CFR 64.1200(a)(10)) and
 * other senders agree on, read on 2026-11-28:
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
 * https://www.govinfo.gov/content/pkg/FR-2024-03-05/html/2024-04587.htm
 * https://www.braze.com/docs/user_guide/channels/sms_mms_and_rcs/message_features_and_optimization/keyword_processing/optin_optout
 * No carrier publishes such a list for the other languages. Their words are the verbs "stop", "cancel" and
 * "unsubscribe", as an imperative or infinitive; in Hebrew "remove", which senders in Israel ask for.
 */
const words = {
  en: "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REMOVE REVOKE OPTOUT TD",
  ar: "إيقاف",
  de: "STOPP ABMELDEN ABBESTELLEN",
  el: "ΣΤΟΠ ΔΙΑΓΡΑΦΗ",
  es: "BAJA PARAR DETENER CANCELAR NOMAS",
  fr: "ARRET ARRETER ARRETEZ DESABONNER DESINSCRIRE",
  he: "הסר הסירו",
  it: "FERMA ANNULLA DISISCRIVI CANCELLAMI",
  ja: "停止 配信停止",
  nl: "STOPPEN AFMELDEN UITSCHRIJVEN",
  pl: "ZATRZYMAJ WYPISZ REZYGNUJE",
  pt: "PARE PARAR SAIR CANCELAR DESCADASTRAR",
  ru: "СТОП ОТПИСАТЬСЯ ОТПИСКА",
  tr: "İPTAL",
  uk: "СТОП ВІДПИСАТИСЯ",
  zh: "退订 退訂 取消订阅 取消訂閱",
} as const satisfies Readonly<Record<string, string>>;

const all: ReadonlySet<string> = new Set(Object.values(words).flatMap((list) => list.split(" ").map(plain)));

/** The longest text message. A longer message is none of the words, even with blanks and signs around it. */
const MOST_CHARACTERS = 1_600;

/**
 * Whether the message consists of one or more of the words and of no other text. Case, accents, blanks and punctuation
 * do not matter.
 */
export function isStopWord(text: string): boolean {
  if (text.length > MOST_CHARACTERS) return false;
  if (all.has(plain(text))) return true;
  const parts = text.split(/\s+/u).map(plain).filter(Boolean);
  return parts.length > 0 && parts.every((part) => all.has(part));
}

/** The letters and digits, as they are compared. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toUpperCase();
}
