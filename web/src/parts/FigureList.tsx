// Figures drawn as dot and interval, one row each, on a common axis for each unit; and the same
// figures as a table, with everything that is known about them.
import { useEffect, useId, useMemo, useState, type ReactNode } from "react";
import {
  assumptionText, countsText, detectableText, intervalText, isKnown, fixed, levelText, onScale, rangeText,
  reasonText, sentence, valueText,
} from "../format";
import { anchor } from "../load";
import { isEmpty, plain, T, useLang, useWords } from "../i18n";
import type { Estimate, Figure, Lang } from "../types";
import { axisFor, axisTitle, groupByUnit } from "./axis";
import { useDocument } from "./context";
import { Disclosure } from "./Disclosure";
import { AxisLine, Strip, type Axis } from "./Strip";
import { useWidth } from "./useWidth";

/** A figure as a list shows it: `context` says which task and language where that is not plain. */
export interface Row {
  key: string; // task/lang
  figure: Figure;
  estimate: Estimate;
  context?: ReactNode;
  href?: string;
}

export function FigureList({ rows, anchors }: { rows: Row[]; anchors: boolean }) {
  const groups = useMemo(() => groupByUnit(rows), [rows]);
  return (
    <div className="figures">
      {groups.map(([unit, group]) => (
        <UnitGroup key={unit} unit={unit} rows={group} anchors={anchors} />
      ))}
      <Legend rows={rows} />
    </div>
  );
}

function UnitGroup({ unit, rows, anchors }: { unit: string; rows: Row[]; anchors: boolean }) {
  const lang = useLang();
  const [ref, width] = useWidth<HTMLDivElement>();
  const axis = useMemo(() => axisFor(unit, rows.map((r) => r.estimate)), [unit, rows]);
  const title = axisTitle(unit, lang);
  return (
    <div className="unit-group">
      <div className="figure-axis" aria-hidden="true">
        <div className="axis-title">{title}</div>
        <div ref={ref}><AxisLine axis={axis} width={width} /></div>
        <div />
      </div>
      <ul className="figure-rows">
        {rows.map((row) => (
          <FigureRow key={`${row.key}/${row.figure.id}`} row={row} axis={axis} width={width} anchors={anchors} />
        ))}
      </ul>
    </div>
  );
}

function FigureRow({ row, axis, width, anchors }: { row: Row; axis: Axis; width: number; anchors: boolean }) {
  const lang = useLang();
  const words = useWords();
  const { figure, estimate } = row;
  const label = plain(figure.label, lang);
  const direction =
    figure.direction === "higher_better" ? words("higher") : figure.direction === "lower_better" ? words("lower") : "";
  return (
    <li className="figure-row" id={anchors ? anchor("figure", row.key, figure.id) : undefined} tabIndex={anchors ? -1 : undefined}>
      <div className="figure-label">
        {row.context !== undefined && <span className="figure-context">{row.context}</span>}
        <span className="figure-name">
          {row.href ? <a href={row.href}><T text={figure.label} /></a> : <T text={figure.label} />}
        </span>
        {direction !== "" && <span className="figure-direction">{direction}</span>}
        {estimate.modelled && <span className="tag">{words("modelled")}</span>}
      </div>
      <Drawn label={label} estimate={estimate} axis={axis} width={width} />
      <div className="figure-value">
        {isKnown(estimate) ? (
          <>
            <strong>{valueText(estimate, lang)}</strong>
            <span>{intervalText(estimate, lang)}</span>
          </>
        ) : (
          <>
            <strong className="no-figure">{valueText(estimate, lang)}</strong>
            <span>{reasonText(estimate, lang)}</span>
          </>
        )}
        <span className="figure-counts">{countsText(estimate, lang)}</span>
      </div>
    </li>
  );
}

/** The drawing, with its method in a note on hover and focus (Escape closes it). */
function Drawn({ label, estimate, axis, width }: { label: string; estimate: Estimate; axis: Axis; width: number }) {
  const lang = useLang();
  const [open, setOpen] = useState(false);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent) => event.key === "Escape" && setOpen(false);
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [open]);
  return (
    <div className="figure-strip" onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
      <div role="img" tabIndex={0} aria-label={sentence(label, estimate, lang)} aria-describedby={open ? id : undefined}
           onFocus={() => setOpen(true)} onBlur={() => setOpen(false)}>
        <Strip estimate={estimate} axis={axis} width={width} />
      </div>
      {open && (
        <div className="note" role="tooltip" id={id}>
          <MethodNote estimate={estimate} />
        </div>
      )}
    </div>
  );
}

function MethodNote({ estimate: e }: { estimate: Estimate }) {
  const lang = useLang();
  const words = useWords();
  const scale = (x: number) => onScale(x, e, lang);
  const title = useDocument().index.methods.get(`method.${e.method}`);
  const method = title ? plain(title, lang) : e.method;
  const lines: [string, string][] = [[words("method"), `${method}${lang === "zh" ? "，" : ", "}${levelText(e)}`]];
  lines.push([words("counts"), countsText(e, lang)]);
  if (isKnown(e) && e.worst_case && e.unassessed > 0) lines.push([words("worst"), rangeText(e.worst_case.low, e.worst_case.high, e, lang)]);
  if (e.chance !== undefined) lines.push([words("chance"), scale(e.chance)]);
  if (e.ceiling !== undefined) lines.push([words("ceiling"), scale(e.ceiling)]);
  if (e.minimum_detectable !== undefined) lines.push([words("detectable"), detectableText(e.minimum_detectable, e, lang)]);
  if (e.assumptions?.length) lines.push([words("assumptions"), e.assumptions.map((a) => assumptionText(a, lang)).join(lang === "zh" ? "；" : "; ")]);
  return (
    <dl>
      {lines.map(([term, text]) => (
        <div key={term}><dt>{term}</dt><dd>{text}</dd></div>
      ))}
    </dl>
  );
}

function Legend({ rows }: { rows: Row[] }) {
  const words = useWords();
  const has = (test: (e: Estimate) => unknown) => rows.some((r) => isKnown(r.estimate) && test(r.estimate));
  const entries: [boolean, string, string][] = [
    [true, "k-dot", words("legendDot")],
    [true, "k-interval", words("legendInterval")],
    [has((e) => e.worst_case && e.unassessed > 0), "k-worst", words("legendWorst")],
    [has((e) => e.chance !== undefined), "k-chance", words("legendChance")],
    [has((e) => e.ceiling !== undefined), "k-ceiling", words("legendCeiling")],
  ];
  return (
    <p className="legend" aria-hidden="true">
      {entries.filter(([shown]) => shown).map(([, key, text]) => (
        <span key={key}><i className={key} />{text}</span>
      ))}
    </p>
  );
}

/** The name of a method, leading to its explanation. */
function MethodName({ method }: { method: string }) {
  const id = `method.${method}`;
  const title = useDocument().index.methods.get(id);
  return title ? <a href={`#${anchor("method", id)}`}><T text={title} /></a> : <>{method}</>;
}

function guessAndBest(e: Estimate, lang: Lang): string {
  if (e.chance === undefined && e.ceiling === undefined) return "–";
  return [e.chance, e.ceiling].map((x) => (x === undefined ? "–" : onScale(x, e, lang))).join(", ");
}

/** Every figure with its method: the drawings' full text equivalent. */
export function FigureTable({ rows, caption }: { rows: Row[]; caption: string }) {
  const lang = useLang();
  const words = useWords();
  return (
    <Disclosure label={words("figuresTable")}>
      <div className="scroll" role="region" aria-label={`${caption}: ${words("scroll")}`} tabIndex={0}>
        <table>
          <caption className="unseen">{caption}</caption>
          <thead>
            <tr>
              {(["figure", "valueInterval", "method", "counts", "worst", "chanceCeiling", "detectable", "assumptions"] as const).map((word) => (
                <th key={word} scope="col">{words(word)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, figure, estimate: e, context }) => (
              <tr key={`${key}/${figure.id}`}>
                <th scope="row">
                  {context !== undefined && <span className="figure-context">{context}</span>} <T text={figure.label} />
                  {!isEmpty(figure.note) && <span className="figure-note"><T text={figure.note} /></span>}
                </th>
                <td>{valueText(e, lang)}<br />{isKnown(e) ? intervalText(e, lang) : reasonText(e, lang)}</td>
                <td><MethodName method={e.method} />, {levelText(e)}{e.modelled ? ` (${words("modelled")})` : ""}</td>
                <td>{countsText(e, lang)}{e.clusters === e.n ? `, ${fixed(e.clusters, 0)} ${words("clusters")}` : ""}</td>
                <td>{isKnown(e) && e.worst_case && e.unassessed > 0 ? rangeText(e.worst_case.low, e.worst_case.high, e, lang) : "–"}</td>
                <td>{guessAndBest(e, lang)}</td>
                <td>{e.minimum_detectable === undefined ? "–" : detectableText(e.minimum_detectable, e, lang)}</td>
                <td>{isKnown(e) && e.assumptions?.length ? e.assumptions.map((a) => assumptionText(a, lang)).join("; ") : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Disclosure>
  );
}
