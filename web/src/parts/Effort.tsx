// Effort to break: for each attack the share of behaviours that were broken, by the number of
// queries it took; small panels on the same axes, so that attacks can be held against each other.
import * as Plot from "@observablehq/plot";
import { useMemo } from "react";
import { intervalText, valueText } from "../format";
import { plain, T, useLang, useWords } from "../i18n";
import type { Lang, TaskResult, Text } from "../types";
import { curveOf, type Curve, type Point } from "./curve";
import { Panels } from "./Panels";

const TICKS = [1, 10, 100, 1000, 10000, 100000];
const HEIGHT = 120;

interface Data { points: Point[]; most: number }

function draw({ points, most }: Data, width: number): Element {
  const end = Math.max(2, most);
  return Plot.plot({
    width, height: HEIGHT, marginLeft: 38, marginRight: 10, marginTop: 8, marginBottom: 22, className: "plot",
    x: { type: "log", domain: [1, end], ticks: TICKS.filter((t) => t <= end), tickFormat: (d: number) => String(d), label: null },
    y: { domain: [0, 1], ticks: [0, 0.5, 1], tickFormat: (d: number) => `${Math.round(d * 100)}%`, label: null },
    marks: [
      Plot.ruleY([0, 0.5, 1], { className: "p-grid" }),
      Plot.areaY(points, { x: "cost", y1: "low", y2: "high", curve: "step-after", className: "p-band" }),
      Plot.line(points, { x: "cost", y: "share", curve: "step-after", className: "p-curve" }),
      Plot.dot(points, { x: "cost", y: "share", r: 2.5, className: "p-dot" }),
    ],
  });
}

const TITLE: Text = { en: "Effort to break", zh: "攻破所需代价" };
const NOTE: Text = {
  en: "Share of behaviours that were broken within so many queries, with its interval. An attack that gave up or ran out of its budget counts as not broken so far.",
  zh: "在多少次提问之内被攻破的行为所占比例及其区间。攻击放弃或预算用完，均算作尚未攻破。",
};

export function Effort({ results }: { results: TaskResult[] }) {
  const lang = useLang();
  const words = useWords();
  const curves = useMemo(
    () => results.filter((r) => r.task.startsWith("attack_")).map(curveOf).filter((c): c is Curve => c !== null),
    [results],
  );
  const langs = [...new Set(curves.map((c) => c.result.lang))];
  const most = Math.max(1, ...curves.flatMap((c) => c.points.map((p) => p.cost)));
  if (curves.length === 0) return null;
  return (
    <div className="effort">
      <h4><T text={TITLE} /></h4>
      <p className="about"><T text={NOTE} /></p>
      {langs.map((of) => (
        <InLang key={of} curves={curves.filter((c) => c.result.lang === of)} most={most}
          title={langs.length > 1 ? words(of === "en" ? "langEn" : "langZh") : ""} lang={lang} />
      ))}
    </div>
  );
}

function InLang({ curves, most, title, lang }: { curves: Curve[]; most: number; title: string; lang: Lang }) {
  const panels = useMemo(
    () => [...curves]
      .sort((a, b) => (b.last.estimate.value ?? 0) - (a.last.estimate.value ?? 0))
      .map((curve) => {
        const e = curve.last.estimate;
        const name = plain(curve.result.title, lang).replace(/^(Attack: |攻击：)/, "");
        const said = `${name}. ${plain(curve.last.label, lang)}: ${valueText(e, lang)}, ${intervalText(e, lang)}`;
        const caption = <><strong>{name}</strong> <span>{valueText(e, lang)}</span></>;
        return { key: curve.result.key, caption, said, data: { points: curve.points, most } };
      }),
    [curves, most, lang],
  );
  return (
    <>
      {title !== "" && <h5>{title}</h5>}
      <Panels panels={panels} least={220} height={HEIGHT} stretch={false} draw={draw} />
    </>
  );
}
