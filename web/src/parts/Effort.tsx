// Effort to break: for each attack the share of behaviours that were broken, by the number of
// queries it took; small panels on the same axes, so that attacks can be held against each other.
import * as Plot from "@observablehq/plot";
import { memo, useLayoutEffect, useMemo, useRef } from "react";
import { intervalText, valueText } from "../format";
import { plain, T, useLang, useWords } from "../i18n";
import type { Lang, TaskResult, Text } from "../types";
import { curveOf, type Curve, type Point } from "./curve";
import { useWidth } from "./useWidth";

const TICKS = [1, 10, 100, 1000, 10000, 100000];
const HEIGHT = 120;

function draw(points: Point[], most: number, width: number): Element {
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

const Panel = memo(function Panel({ points, most, width }: { points: Point[]; most: number; width: number }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (width <= 0) return;
    const drawn = draw(points, most, width);
    drawn.setAttribute("aria-hidden", "true");
    ref.current?.replaceChildren(drawn);
  }, [points, most, width]);
  return <div ref={ref} className="drawing" style={{ minHeight: HEIGHT }} />;
});

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
        <Panels key={of} curves={curves.filter((c) => c.result.lang === of)} most={most}
          title={langs.length > 1 ? words(of === "en" ? "langEn" : "langZh") : ""} lang={lang} />
      ))}
    </div>
  );
}

function Panels({ curves, most, title, lang }: { curves: Curve[]; most: number; title: string; lang: Lang }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const columns = Math.max(1, Math.floor(width / 220));
  const gap = 16;
  const each = Math.floor((width - gap * (columns - 1)) / columns);
  const sorted = [...curves].sort((a, b) => (b.last.estimate.value ?? 0) - (a.last.estimate.value ?? 0));
  return (
    <>
      {title !== "" && <h5>{title}</h5>}
      <div ref={ref} className="effort-panels" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {sorted.map((curve) => {
          const e = curve.last.estimate;
          const name = plain(curve.result.title, lang).replace(/^(Attack: |攻击：)/, "");
          const said = `${plain(curve.last.label, lang)}: ${valueText(e, lang)}, ${intervalText(e, lang)}`;
          return (
            <figure key={curve.result.key} role="img" aria-label={`${name}. ${said}`}>
              <figcaption><strong>{name}</strong> <span>{valueText(e, lang)}</span></figcaption>
              <Panel points={curve.points} most={most} width={each} />
            </figure>
          );
        })}
      </div>
    </>
  );
}
