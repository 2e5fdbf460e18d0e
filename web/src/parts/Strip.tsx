// One drawn figure: dot, interval, worst case, chance and ceiling on an axis that the figures of a
// list share. Drawn by Observable Plot; the words beside it and its label say the same.
import * as Plot from "@observablehq/plot";
import { memo } from "react";
import type { Estimate } from "../types";
import { useDrawing } from "./useDrawing";

export interface Axis {
  low: number;
  high: number;
  ticks: number[];
  format(x: number): string;
}

const INSET = 14; // room for a dot, and for half a label, at the ends of the axis
const HEIGHT = 34;

function plotBase(axis: Axis, width: number, height: number): Plot.PlotOptions {
  return {
    width,
    height,
    margin: 0,
    marginLeft: INSET,
    marginRight: INSET,
    className: "plot",
    x: { domain: [axis.low, axis.high], axis: null, clamp: true },
    y: { domain: [-1, 1], axis: null },
  };
}

interface StripProps {
  estimate: Estimate;
  axis: Axis;
  width: number;
}

function marks(e: Estimate & { value: number }, axis: Axis): Plot.Markish[] {
  const low = e.interval.low ?? axis.low;
  const high = e.interval.high ?? axis.high;
  const at = (x: number | undefined, className: string, reach: number) =>
    x === undefined ? null : Plot.ruleX([x], { y1: -reach, y2: reach, className });
  const caps = [
    ...(e.sides === "upper" || e.interval.low === null ? [] : [low]),
    ...(e.sides === "lower" || e.interval.high === null ? [] : [high]),
  ];
  const worst = e.worst_case && e.unassessed > 0 ? e.worst_case : null;
  return [
    Plot.ruleX(axis.ticks, { className: "p-grid" }),
    worst &&
      Plot.ruleY([0], { x1: worst.low ?? axis.low, x2: worst.high ?? axis.high, className: "p-worst" }),
    at(e.ceiling, "p-ceiling", 0.8),
    at(e.chance, "p-chance", 0.8),
    Plot.ruleY([0], { x1: low, x2: high, className: "p-interval" }),
    Plot.ruleX(caps, { y1: -0.36, y2: 0.36, className: "p-cap" }),
    Plot.dot([e.value], { x: (x: number) => x, y: () => 0, r: 5.5, className: e.modelled ? "p-dot p-modelled" : "p-dot" }),
  ];
}

export const Strip = memo(function Strip({ estimate, axis, width }: StripProps) {
  const ref = useDrawing(() => {
    if (width <= 0) return null;
    const base = plotBase(axis, width, HEIGHT);
    const e = estimate;
    const content = e.value === null ? [Plot.ruleX(axis.ticks, { className: "p-grid" })] : marks({ ...e, value: e.value }, axis);
    return Plot.plot({ ...base, marks: content });
  }, [estimate, axis, width]);
  return <div ref={ref} className="drawing" style={{ minHeight: HEIGHT }} />;
});

export const AxisLine = memo(function AxisLine({ axis, width }: { axis: Axis; width: number }) {
  const ref = useDrawing(() => {
    if (width <= 0) return null;
    return Plot.plot({
      ...plotBase(axis, width, 20),
      marks: [
        Plot.text(axis.ticks, {
          x: (x: number) => x, y: () => 0, text: (x: number) => axis.format(x), className: "p-tick",
          textAnchor: "middle",
          dx: 0,
        }),
      ],
    });
  }, [axis, width]);
  return <div ref={ref} className="drawing" style={{ minHeight: 20 }} />;
});

interface Share {
  source: string;
  share: number;
}

/** Shares of a whole as one stacked bar; each part carries its number in the table below it. */
export const StackedBar = memo(function StackedBar({ shares, width }: { shares: Share[]; width: number }) {
  const ref = useDrawing(() => {
    if (width <= 0) return null;
    let from = 0;
    const parts = shares.map(({ share }, i) => {
      const part = { x1: from, x2: from + share, i };
      from += share;
      return part;
    });
    return Plot.plot({
      width, height: 36, margin: 0, className: "plot", x: { domain: [0, Math.max(from, 1e-9)], axis: null }, y: { axis: null },
      marks: [
        Plot.barX(parts, { x1: "x1", x2: "x2", fill: (d) => `var(--series-${(d.i % 6) + 1})`, stroke: "var(--paper)", strokeWidth: 2 }),
        Plot.text(parts.filter((d) => (d.x2 - d.x1) / from > 0.04), {
          x: (d) => (d.x1 + d.x2) / 2, text: (d) => String(d.i + 1), className: "p-part",
        }),
      ],
      color: { type: "identity" },
    });
  }, [shares, width]);
  return <div ref={ref} className="drawing" style={{ minHeight: 36 }} />;
});
