// One task within a chapter: what was asked, and what came out in each language.
import { useMemo, type ReactNode } from "react";
import { fixed } from "../format";
import { anchor } from "../load";
import { isEmpty, plain, T, useLang, useWords } from "../i18n";
import type { TaskResult } from "../types";
import { isCurvePoint } from "./curve";
import { Examples } from "./Examples";
import { Explain, isLayerPoint } from "./Explain";
import { FigureList, FigureTable, type Row } from "./FigureList";
import { StatusSign } from "./Icons";
import { Variance } from "./Variance";

export function TaskBlock({ group, level }: { group: TaskResult[]; level: 3 | 4 }) {
  const lang = useLang();
  const words = useWords();
  const first = group[0];
  const rows = useMemo(() => group.flatMap((r): Row[] => r.figures.map((figure) => ({ key: r.key, figure, estimate: figure.estimate }))), [group]);
  if (!first) return null;
  const Title = `h${level}` as const;
  const named = rows.map((row) => ({ ...row, context: group.length > 1 || row.figure.lang !== "" ? <InLang result={group.find((r) => r.key === row.key)} /> : undefined }));
  return (
    <section className="task" aria-labelledby={anchor("task", first.task)}>
      <Title id={anchor("task", first.task)}><T text={first.title} /></Title>
      <p className="asked"><T text={first.description} /></p>
      <ul className="task-status">
        {group.map((r) => <TaskStatus key={r.key} result={r} />)}
      </ul>
      {rows.length > 0 && (
        <>
          <FigureList rows={named.filter((row) => !isCurvePoint(row.figure) && !isLayerPoint(row.figure))} anchors />
          <Explain group={group} />
          <FigureTable rows={named} caption={`${plain(first.title, lang)}: ${words("figures")}`} />
        </>
      )}
      {group.map((r) => <Details key={r.key} result={r} level={level} several={group.length > 1} />)}
      <TaskLimits result={first} />
    </section>
  );
}

function InLang({ result }: { result: TaskResult | undefined }) {
  const words = useWords();
  return result ? <>{words(result.lang === "en" ? "langEn" : "langZh")}</> : null;
}

function TaskStatus({ result }: { result: TaskResult }) {
  const lang = useLang();
  const words = useWords();
  const colon = lang === "zh" ? "：" : ": ";
  const [done, planned, unassessed] = [result.done, result.planned, result.unassessed].map((x) => fixed(x, 0));
  return (
    <li id={anchor("result", result.key)} tabIndex={-1}>
      <span className={`status status-${result.status}`}>
        <StatusSign status={result.status} />
        <InLang result={result} />{colon}{words(result.status)}
      </span>
      <span className="tally">
        {lang === "zh"
          ? `已完成 ${done} / ${planned}，无法评定 ${unassessed}`
          : `${done} of ${planned} done, ${unassessed} unassessed`}
      </span>
      {!isEmpty(result.reason) && <span className="reason"><T text={result.reason} /></span>}
    </li>
  );
}

/** A heading of a part; with several languages it names the language. */
function Part({ title, result, several, level, children }:
  { title: string; result: TaskResult; several: boolean; level: 3 | 4; children: ReactNode }) {
  const lang = useLang();
  const words = useWords();
  const Heading = `h${level + 1}` as "h4" | "h5";
  const name = words(result.lang === "en" ? "langEn" : "langZh");
  return (
    <div className="part">
      <Heading>{title}{several && (lang === "zh" ? `（${name}）` : ` (${name})`)}</Heading>
      {children}
    </div>
  );
}

function Details({ result, level, several }: { result: TaskResult; level: 3 | 4; several: boolean }) {
  const lang = useLang();
  const words = useWords();
  const notes = result.figures.filter((f) => !isEmpty(f.note));
  const common = { result, several, level };
  const more = (n: number) => (lang === "zh" ? `再看 ${n} 个实例` : n === 1 ? "One more example" : `${n} more examples`);
  return (
    <>
      {result.bounds.length > 0 && (
        <Part title={words("bounds")} {...common}><Sentences texts={result.bounds} /></Part>
      )}
      {result.power && !isEmpty(result.power) && (
        <Part title={words("power")} {...common}><p><T text={result.power} /></p></Part>
      )}
      {notes.length > 0 && (
        <Part title={words("notes")} {...common}>
          <dl className="terms">{notes.map((f) => <div key={f.id}><dt><T text={f.label} /></dt><dd><T text={f.note} /></dd></div>)}</dl>
        </Part>
      )}
      {result.unassessed_reasons.length > 0 && (
        <Part title={words("unassessedWhy")} {...common}>
          <ul className="reasons">
            {result.unassessed_reasons.map((u, i) => (
              <li key={i}><span className="count">{fixed(u.count, 0)}</span> <T text={u.reason} /></li>
            ))}
          </ul>
        </Part>
      )}
      {result.variance.length > 0 && (
        <Part title={words("variance")} {...common}><Variance result={result} /></Part>
      )}
      {result.examples.length > 0 && (
        <Part title={words("examples")} {...common}><Examples result={result} more={more} /></Part>
      )}
    </>
  );
}

function Sentences({ texts }: { texts: { en: string; zh: string }[] }) {
  return texts.length === 1 && texts[0]
    ? <p><T text={texts[0]} /></p>
    : <ul>{texts.map((text, i) => <li key={i}><T text={text} /></li>)}</ul>;
}

function TaskLimits({ result }: { result: TaskResult }) {
  const words = useWords();
  return (
    <dl className="terms limits">
      {!isEmpty(result.limits) && <div><dt>{words("limits")}</dt><dd><T text={result.limits} /></dd></div>}
      {result.citation !== "" && <div><dt>{words("citation")}</dt><dd lang="en">{result.citation}</dd></div>}
      <div>
        <dt>{words("license")}</dt>
        <dd>{result.license === "" ? words("notStated") : result.license} · <code>{result.task}</code> {words("version")} {result.version}</dd>
      </div>
    </dl>
  );
}
