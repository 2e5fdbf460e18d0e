// Explanations: what a task found at each layer of the model, as small panels of curves with their
// intervals. A figure is a point of a curve where its id has the layer: "agrees.L12.en".
import * as Plot from "@observablehq/plot";
import { useMemo } from "react";
import { isShare, valueText } from "../format";
import { plain, T, useLang, useWords } from "../i18n";
import type { Figure, TaskResult, Text } from "../types";
import { Panels } from "./Panels";

export interface LayerPoint { layer: number; value: number; low: number; high: number; figure: Figure }
export interface LayerCurve { id: string; label: Text; share: boolean; points: LayerPoint[] }

const POINT = /^(.+)\.L(\d+)\.[a-z]+$/;

/** Is it one of the points of a curve, which the panels show already? */
export const isLayerPoint = (figure: Figure): boolean => POINT.test(figure.id);

const LABEL_END: Record<keyof Text, RegExp> = { en: /: layer \d+$/, zh: /：第\d+层$/ };

/** The curves of a result, in the order of its figures. */
export function layerCurves(result: TaskResult): LayerCurve[] {
  const curves = new Map<string, LayerCurve>();
  for (const figure of result.figures) {
    const match = POINT.exec(figure.id);
    const { value, interval, unit } = figure.estimate;
    if (!match?.[1] || value === null) continue;
    const curve = curves.get(match[1]) ?? {
      id: match[1],
      label: { en: figure.label.en.replace(LABEL_END.en, ""), zh: figure.label.zh.replace(LABEL_END.zh, "") },
      share: isShare(unit),
      points: [],
    };
    curve.points.push({ layer: Number(match[2]), value, low: interval.low ?? value, high: interval.high ?? value, figure });
    curves.set(match[1], curve);
  }
  return [...curves.values()].filter((curve) => curve.points.length > 1);
}

const HEIGHT = 140;

function draw(curve: LayerCurve, width: number): Element {
  const points = curve.points;
  const bounds = points.flatMap((p) => [p.low, p.high, p.value]).filter(Number.isFinite);
  const domain = curve.share ? [0, 1] : [Math.min(0, ...bounds), Math.max(0, ...bounds)];
  return Plot.plot({
    width, height: HEIGHT, marginLeft: 42, marginRight: 10, marginTop: 8, marginBottom: 24, className: "plot",
    x: { domain: [points[0]?.layer ?? 0, points[points.length - 1]?.layer ?? 1], ticks: 5, tickFormat: (d: number) => (Number.isInteger(d) ? String(d) : ""), label: null },
    y: { domain, ticks: 4, ...(curve.share ? { tickFormat: (d: number) => `${Math.round(d * 100)}%` } : {}), label: null },
    marks: [
      Plot.ruleY([0], { className: "l-zero" }),
      Plot.areaY(points, { x: "layer", y1: "low", y2: "high", className: "p-band" }),
      Plot.line(points, { x: "layer", y: "value", className: "p-curve" }),
    ],
  });
}

const NOTE: Text = {
  en: "By layer of the model, from the first to the last; the band is the interval of each point.",
  zh: "横轴为模型的层，从第一层到最后一层；色带为各点的区间。",
};

export function Explain({ group }: { group: TaskResult[] }) {
  const words = useWords();
  const drawn = useMemo(() => group.map((result) => ({ result, curves: layerCurves(result) })).filter((d) => d.curves.length > 0), [group]);
  if (drawn.length === 0) return null;
  return (
    <div className="explain">
      <p className="about"><T text={NOTE} /></p>
      {drawn.map(({ result, curves }) => (
        <InLang key={result.key} curves={curves} title={drawn.length > 1 ? words(result.lang === "en" ? "langEn" : "langZh") : ""} />
      ))}
    </div>
  );
}

function InLang({ curves, title }: { curves: LayerCurve[]; title: string }) {
  const lang = useLang();
  const panels = curves.map((curve) => {
    const [first, last] = [curve.points[0], curve.points[curve.points.length - 1]];
    const name = plain(curve.label, lang);
    const from = first ? valueText(first.figure.estimate, lang) : "";
    const to = last ? valueText(last.figure.estimate, lang) : "";
    const said = lang === "zh" ? `${name}：从${from}到${to}` : `${name}: from ${from} to ${to}`;
    return { key: curve.id, caption: name, said, data: curve };
  });
  return (
    <>
      {title !== "" && <p className="panels-lang"><strong>{title}</strong></p>}
      <Panels panels={panels} least={260} height={HEIGHT} stretch draw={draw} />
    </>
  );
}
