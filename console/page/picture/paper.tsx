/**
 * The sheet that a picture lies on: it can be made larger and smaller, and moved with the mouse, by scrolling, or with
 * the arrow keys. At first the picture fits the page, unless it would then be too small to read.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly children: ComponentChildren;
}

const STEP = 1.25;
/** Below the picture, for the buttons: see picture.css. */
const ROOM = 50;
const [LEAST, MOST, LEAST_FIT, LEAST_WHOLE] = [0.2, 2.5, 0.55, 0.7];

export function Paper({ label, children }: Props) {
  const sheet = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<number>();
  const natural = useRef({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const svg = sheet.current?.querySelector("svg");
    if (!svg || !sheet.current) return;
    const { width, height } = svg.viewBox.baseVal;
    natural.current = { width, height };
    const scale = zoom ?? fitting(sheet.current, natural.current);
    svg.setAttribute("width", String(width * scale));
    svg.setAttribute("height", String(height * scale));
  });

  const change = (by: number | "fit") => {
    if (by === "fit" || !sheet.current) return setZoom(undefined);
    const now = zoom ?? fitting(sheet.current, natural.current);
    setZoom(Math.max(LEAST, Math.min(MOST, now * by)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = keys[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    change(by);
  };
  return (
    <div class="paper">
      <div class="zoom" role="group" aria-label="Size of the picture">
        <button type="button" aria-label="Smaller" title="Smaller ( − )" onClick={() => change(1 / STEP)}>
          −
        </button>
        <button type="button" title="As large as it fits ( 0 )" onClick={() => change("fit")}>
          Fit
        </button>
        <button type="button" aria-label="Larger" title="Larger ( + )" onClick={() => change(STEP)}>
          +
        </button>
      </div>
      <div
        ref={sheet}
        class="sheet"
        role="region"
        aria-label={label}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={drag}
      >
        {children}
      </div>
    </div>
  );
}

const keys: Readonly<Partial<Record<string, number | "fit">>> = { "+": STEP, "=": STEP, "-": 1 / STEP, "0": "fit" };

/** Fits the whole picture if a person can still read it, else its width. The sheet may grow to its greatest height. */
function fitting(sheet: HTMLElement, { width, height }: { readonly width: number; readonly height: number }): number {
  const most = Number.parseFloat(getComputedStyle(sheet).maxHeight);
  const wide = (sheet.clientWidth - 2) / width;
  const high = ((Number.isNaN(most) ? sheet.clientHeight : most) - ROOM) / height;
  return Math.max(LEAST_FIT, Math.min(1, wide, Math.max(high, LEAST_WHOLE)));
}

/** Moves the sheet with the mouse. Touch and pen scroll by themselves. */
function drag(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.pointerType !== "mouse" || event.button !== 0) return;
  const sheet = event.currentTarget;
  const [x, y, left, top] = [event.clientX, event.clientY, sheet.scrollLeft, sheet.scrollTop];
  const move = (moved: PointerEvent) => {
    sheet.scrollLeft = left - (moved.clientX - x);
    sheet.scrollTop = top - (moved.clientY - y);
  };
  const end = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
}
