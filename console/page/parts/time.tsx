/** A moment in the viewer's zone, with UTC on hover. In the playground, time is virtual and shown in UTC. */
import { useSession } from "../session/session.ts";

const local = (zone: string | undefined) =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(zone && { timeZone: zone }),
  });

const formats = { viewer: local(undefined), utc: local("UTC") };

export function timeText(time: string, zone: "viewer" | "utc"): string {
  const moment = new Date(time);
  return Number.isNaN(moment.getTime()) ? time : formats[zone].format(moment).replace(",", "");
}

export function Time({ at }: { at: string }) {
  const { mode } = useSession();
  return (
    <time dateTime={at} title={`${at.slice(0, 19).replace("T", " ")} UTC${mode === "embedded" ? " (virtual)" : ""}`}>
      {timeText(at, mode === "embedded" ? "utc" : "viewer")}
    </time>
  );
}

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** A sentence of the command line, with its moments as the page shows moments. */
export function WithTimes({ text }: { text: string }) {
  return <>{text.split(MOMENT).map((part, index) => (index % 2 === 1 ? <Time key={index} at={part} /> : part))}</>;
}

const units: readonly (readonly [string, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
];

/** `3 hours`, `2 days`: one unit, rounded. */
export function spanText(from: string, to: string): string {
  const span = Math.abs(Date.parse(to) - Date.parse(from));
  const [name, length] = units.find(([, length]) => span >= length) ?? ["second", 1_000];
  const amount = Math.round(span / length);
  return `${amount} ${name}${amount === 1 ? "" : "s"}`;
}
