/**
 * The words by which the owner of a number says that they want no more marketing on this channel. Only a whole message
 * counts: "STOP" and "Stop!" do, "please stop by" does not. A sentence in other words is for people to read.
 *
 * English, and ARRET: the words that AWS End User Messaging, the rules of the United States (47 CFR 64.1200(a)(10)) and
 * other senders agree on, read on 2026-11-28:
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
 * https://www.govinfo.gov/content/pkg/FR-2024-03-05/html/2024-04587.htm
 * https://www.braze.com/docs/user_guide/channels/sms_mms_and_rcs/message_features_and_optimization/keyword_processing/optin_optout
 * No carrier publishes such a list for the other languages. Their words are the verbs "stop", "cancel" and "unsubscribe",
 * as an imperative or infinitive.
 */
const words = {
  en: "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REMOVE REVOKE OPTOUT TD",
  de: "STOPP ABMELDEN ABBESTELLEN",
  es: "BAJA PARAR DETENER CANCELAR NOMAS",
  fr: "ARRET ARRETER ARRETEZ DESABONNER DESINSCRIRE",
  it: "FERMA ANNULLA DISISCRIVI CANCELLAMI",
  nl: "STOPPEN AFMELDEN UITSCHRIJVEN",
  pl: "ZATRZYMAJ WYPISZ REZYGNUJE",
  pt: "PARE PARAR SAIR CANCELAR DESCADASTRAR",
} as const satisfies Readonly<Record<string, string>>;

const all: ReadonlySet<string> = new Set(Object.values(words).flatMap((list) => list.split(" ")));

/** A longer message is none of the words, even with blanks and signs around it. */
const MOST_CHARACTERS = 100;

/** Whether the message is one of the words. Case, accents, blanks and punctuation do not matter. */
export function isStopWord(text: string): boolean {
  return (
    text.length <= MOST_CHARACTERS &&
    all.has(
      text
        .normalize("NFKD")
        .replace(/[^\p{L}\p{N}]/gu, "")
        .toUpperCase(),
    )
  );
}
