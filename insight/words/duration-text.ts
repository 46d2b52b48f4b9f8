/** Durations in words. */

const units = {
  W: ["week", "weeks"],
  D: ["day", "days"],
  H: ["hour", "hours"],
  M: ["minute", "minutes"],
  S: ["second", "seconds"],
} as const;

/** `P1DT2H` as `1 day 2 hours`. */
export function durationText(duration: string): string {
  return [...duration.matchAll(/([\d.]+)([WDHMS])/g)]
    .map(([, amount, unit]) => `${amount} ${units[unit as keyof typeof units][amount === "1" ? 0 : 1]}`)
    .join(" ");
}

/** `93784` seconds as `1 d 2 h`: at most two units, and minutes only below a day. */
export function secondsText(seconds: number): string {
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  const parts = [
    ...(days ? [`${days} d`] : []),
    ...(hours ? [`${hours} h`] : []),
    ...(minutes && !days ? [`${minutes} min`] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : `${seconds} s`;
}
