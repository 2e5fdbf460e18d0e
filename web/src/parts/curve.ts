// The curve of an attack, from its figures: what share was broken at which cost. Pure functions.
import type { Figure, TaskResult } from "../types";

export interface Point { cost: number; share: number; low: number; high: number }
export interface Curve { result: TaskResult; points: Point[]; last: Figure }

/** The cost of a figure "Broken with at most 50 queries"; null for every other figure. */
export function costOf(figure: Figure): number | null {
  const match = /^broken(_\d+)?\.[a-z]+$/.test(figure.id) ? /at most ([\d.]+) quer(?:y|ies)/.exec(figure.label.en) : null;
  return match?.[1] ? Number(match[1]) : null;
}

/** Is it one of the points of the curve, which the panels show already? */
export const isCurvePoint = (figure: Figure): boolean => /^broken_\d+\.[a-z]+$/.test(figure.id);

export function curveOf(result: TaskResult): Curve | null {
  const found = result.figures
    .map((figure) => ({ figure, cost: costOf(figure) }))
    .filter((x): x is { figure: Figure; cost: number } => x.cost !== null && x.figure.estimate.value !== null)
    .sort((a, b) => a.cost - b.cost);
  const last = found[found.length - 1]?.figure;
  if (!last) return null;
  const points = found.map(({ figure, cost }) => ({
    cost,
    share: figure.estimate.value ?? 0,
    low: figure.estimate.interval.low ?? 0,
    high: figure.estimate.interval.high ?? 1,
  }));
  return { result, points, last };
}
