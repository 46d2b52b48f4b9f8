/** Times in words, in UTC. `Intl` is not used: its punctuation differs between versions, and a timeline must not change. */

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = "January February March April May June July August September October November December".split(" ");

function partsOf(at: string) {
  const time = new Date(at);
  return {
    weekday: weekdays[time.getUTCDay()] ?? "",
    day: time.getUTCDate(),
    month: months[time.getUTCMonth()] ?? "",
    year: time.getUTCFullYear(),
  };
}

/** `Monday, 5 January 2026` */
export function longDay(at: string): string {
  const { weekday, day, month, year } = partsOf(at);
  return `${weekday}, ${day} ${month} ${year}`;
}

/** `Mon 5 Jan`; with the year when it differs from the year of `from`. */
export function shortDay(at: string, from: string): string {
  const { weekday, day, month, year } = partsOf(at);
  return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)}${year === partsOf(from).year ? "" : ` ${year}`}`;
}

/** `2026-01-05 09:00:00` */
export function timeText(at: string): string {
  return at.slice(0, 19).replace("T", " ");
}
