// Axes: proportions share 0 to 1; differences are symmetric about 0; other units get their own.
import { isDifference, isShare, fixed, significant, unitText } from "../format";
import type { Estimate, Lang } from "../types";
import type { Axis } from "./Strip";

const MINUS = "−";

export const SHARE_AXIS: Axis = {
  low: 0,
  high: 1,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  format: (x) => `${Math.round(x * 100)}%`,
};

function extent(estimates: Estimate[]): [number, number] {
  const values = estimates.flatMap((e) =>
    e.value === null ? [] : [e.value, e.interval.low, e.interval.high, e.chance, e.ceiling]);
  const real = values.filter((x): x is number => typeof x === "number" && Number.isFinite(x));
  return real.length === 0 ? [0, 1] : [Math.min(...real), Math.max(...real)];
}

function niceStep(span: number): number {
  const raw = span / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? raw;
}

function ticksBetween(low: number, high: number): number[] {
  const step = niceStep(high - low);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

export function axisFor(unit: string, estimates: Estimate[]): Axis {
  if (isShare(unit)) return SHARE_AXIS;
  let [low, high] = extent(estimates);
  if (isDifference(unit)) {
    const reach = Math.max(Math.abs(low), Math.abs(high), 0.05);
    const step = [0.05, 0.1, 0.25, 0.5, 1].find((s) => s >= reach / 2) ?? 1;
    const end = Math.min(1, Math.ceil(reach / step - 1e-9) * step);
    const ticks = [-end, -end / 2, 0, end / 2, end];
    const show = (x: number) => (x > 0 ? "+" : x < 0 ? MINUS : "") + fixed(Math.abs(x) * 100, Number.isInteger(x * 100) ? 0 : 1);
    return { low: -end, high: end, ticks, format: show };
  }
  if (low > 0 && low < high * 0.7) low = 0;
  if (low === high) [low, high] = low === 0 ? [0, 1] : [Math.min(0, low * 2), Math.max(0, high * 2)];
  const ticks = ticksBetween(low, high);
  const big = Math.max(...ticks.map(Math.abs));
  return {
    low: ticks[0] ?? low,
    high: ticks[ticks.length - 1] ?? high,
    ticks,
    format: (x) => (x === 0 ? "0" : big >= 1000 ? fixed(x, 0) : trimmed(x)),
  };
}

function trimmed(x: number): string {
  const text = significant(x);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

export function axisTitle(unit: string, lang: Lang): string {
  if (isShare(unit)) return "";
  if (isDifference(unit)) return lang === "zh" ? "百分点" : "percentage points";
  return unitText(unit, lang);
}

/** Figures in runs that can share an axis: same unit, in the order in which units first occur. */
export function groupByUnit<F extends { estimate: Estimate }>(figures: F[]): [string, F[]][] {
  const groups = new Map<string, F[]>();
  for (const figure of figures) {
    const unit = figure.estimate.unit === "" && figure.estimate.value === null ? "proportion" : figure.estimate.unit;
    const group = groups.get(unit);
    if (group) group.push(figure);
    else groups.set(unit, [figure]);
  }
  return [...groups];
}
