/** Prints journey tests and how they went: for people, and as JUnit for continuous integration. */
import { type Names, namesIn, timelineText } from "../../insight/timeline/timeline-text.ts";
import { count } from "../../insight/words/count.ts";
import { timeText } from "../../insight/words/time-text.ts";
import type { Failure } from "../../proof/expectations/verdict.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import type { Io } from "../terminal/io.ts";
import { showFileProblems } from "../terminal/show-problems.ts";
import type { RanTest } from "./ran-test.ts";

export function showTest({ file, test, ok, failures, problems, warnings }: RanTest, io: Io): void {
  const mark = ok ? io.style("green", "✓") : io.style("red", "✗");
  // The problems of a file have a heading of their own, which names the file.
  if (test || !problems.some((problem) => problem.file === file))
    io.out(`${mark} ${test ? `${test.name} ${io.style("dim", `(${file})`)}` : file}`);
  const names: Names = new Map((test?.journeys ?? []).flatMap(namesIn));
  let shown: readonly unknown[] = [];
  for (const failure of failures) {
    io.out(`    ${io.style("bold", failure.path)}  ${failure.message}`);
    if (shown !== failure.timeline) showTimeline(failure, names, io);
    shown = failure.timeline;
  }
  showFileProblems(problems, io);
  for (const warning of warnings) io.err(`Note: ${file}: ${warning}`);
}

function showTimeline({ timeline, differsAt }: Failure, names: Names, io: Io): void {
  const marked = differsAt && visible(differsAt, timeline);
  for (const line of timeline) {
    const text = timelineText(line, names);
    const here = line === marked;
    if (!text && !here) continue;
    const words = text ? `${io.style(text.color, text.mark)} ${text.text}` : `· ${componentOf(line)}`;
    io.out(
      `    ${here ? io.style("red", "▸") : " "} ${io.style("dim", timeText(line.at))}  ${words}${here ? io.style("red", "   ← differs here") : ""}`,
    );
  }
  io.out("");
}

/** The end of a component that sent a message has no text of its own: the line of the message stands for it. */
function visible(line: TimelineLine, timeline: readonly TimelineLine[]): TimelineLine {
  if (timelineText(line)) return line;
  const before = timeline.slice(0, timeline.indexOf(line));
  return before.findLast((each) => each.kind === "message" && componentOf(each) === componentOf(line)) ?? line;
}

const componentOf = (line: TimelineLine) => ("componentId" in line ? line.componentId : line.kind);

export function showTotals(tests: readonly RanTest[], io: Io): void {
  const failed = tests.filter(({ ok }) => !ok).length;
  io.out(`${count(tests.length, "test")}, ${failed === 0 ? "all passed" : `${failed} failed`}.`);
}

/** JUnit's form, which programs for continuous integration read. */
export function junitOf(tests: readonly RanTest[]): string {
  const cases = tests.map(({ file, test, ok, failures, problems }) => {
    const said = [...failures, ...problems].map(({ path, message }) => `${path}: ${message}`).join("\n");
    const name = `name="${escaped(test?.name ?? file)}" classname="${escaped(file)}"`;
    if (ok) return `  <testcase ${name}/>`;
    return `  <testcase ${name}>\n    <failure message="${escaped(said.split("\n")[0] ?? "")}">${escaped(said)}</failure>\n  </testcase>`;
  });
  const failed = tests.filter(({ ok }) => !ok).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="journeys" tests="${tests.length}" failures="${failed}">`,
    ...cases,
    "</testsuite>",
    "",
  ].join("\n");
}

/** XML has no form for most control characters. */
function escaped(text: string): string {
  return text.replace(/[^\t\n\P{C}]/gu, "\uFFFD").replace(/[&<>"\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
