/** Durations as people write them, such as "2 days" or 86400 seconds, in ISO 8601. For suggestions in messages. */

const units = [
  ["week", "W", 604_800],
  ["day", "D", 86_400],
  ["hour", "H", 3_600],
  ["minute", "M", 60],
  ["second", "S", 1],
] as const;

/** A number of seconds in the largest unit that fits. */
export function durationOf(seconds: number): string {
  const [, letter, length] = units.find(([name, , length]) => name !== "week" && seconds % length === 0) ?? units[4];
  return inUnit(seconds / length, letter);
}

/** Such as "PT30M" for 30 and "minutes"; `undefined` where the word is no unit, or less than a minute is meant. */
export function durationOfUnit(count: number, word: string): string | undefined {
  const unit = units.find(([unit]) => unit === word || `${unit}s` === word);
  return unit && Number.isInteger(count) && count * unit[2] >= 60 ? inUnit(count, unit[1]) : undefined;
}

/** What a number without a unit may mean: seconds, or, for a small number, days or minutes. */
export function durationsOf(count: number): string {
  if (!Number.isInteger(count) || count < 1) return "";
  if (count >= 3_600) return ` ${count} seconds are ${JSON.stringify(durationOf(count))}.`;
  return ` Write "P${count}D" for days, "PT${count}H" for hours or "PT${count}M" for minutes.`;
}

/** ` Did you mean "P2D"?` for a text such as "2 days", "2d" or "P2 days". Empty for other texts. */
export function likeDuration(text: string): string {
  if (/^\d{1,2}:\d\d$/.test(text))
    return ` A time of day is written in "until": { "time": ${JSON.stringify(text.padStart(5, "0"))} }.`;
  if (/^\d{1,9}$/.test(text)) return ` ${text} seconds are ${JSON.stringify(durationOf(Number(text)))}.`;
  const [, months = "", unitOf] = /^P(\d{1,4})(M|Y)$/.exec(text) ?? [];
  if (unitOf) return ` Write days, such as "P${Number(months) * (unitOf === "M" ? 30 : 365)}D".`;
  const [, count, word = "", before] = /^p?t?\s*(\d{1,6})\s*([a-z]+)( before)?$/i.exec(text.trim()) ?? [];
  const name = word.toLowerCase();
  const unit =
    name === ""
      ? undefined
      : units.find(
          ([unit]) =>
            unit === name ||
            `${unit}s` === name ||
            unit[0] === name ||
            (unit.startsWith(name.replace(/s$/, "")) && name.length > 2),
        );
  return count === undefined || !unit ? "" : ` Did you mean "${before ? "-" : ""}${inUnit(Number(count), unit[1])}"?`;
}

function inUnit(count: number, letter: string): string {
  return letter === "W" || letter === "D" ? `P${count}${letter}` : `PT${count}${letter}`;
}
