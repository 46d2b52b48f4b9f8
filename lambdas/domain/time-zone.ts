/** Whether a text names a time zone. */

const known = new Map<string, boolean>();

/** True for IANA names such as Europe/Berlin; offsets such as +02:00 are none. */
export function isTimezone(text: string): boolean {
  let answer = known.get(text);
  if (answer === undefined) {
    answer = /^[A-Za-z]/.test(text) && isAccepted(text);
    if (known.size < 1_000) known.set(text, answer);
  }
  return answer;
}

function isAccepted(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
