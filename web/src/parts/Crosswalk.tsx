// The crosswalk: for each standard a folded table of its clauses and what of this run speaks to them.
import { Fragment } from "react";
import { anchor } from "../load";
import { T, useLang, useWords } from "../i18n";
import type { Clause, ClauseLink, Standard, Text } from "../types";
import type { Word } from "../words";
import { useDocument } from "./context";
import { STATUSES } from "./Coverage";
import { Disclosure } from "./Disclosure";
import { StatusSign } from "./Icons";

export function Crosswalk() {
  const words = useWords();
  const { report } = useDocument();
  const whole = report.crosswalk;
  if (!whole) return null;
  return (
    <section className="crosswalk" aria-labelledby="crosswalk">
      <h2 id="crosswalk" tabIndex={-1}>{words("crosswalk")}</h2>
      <p className="aside"><T text={whole.note} /></p>
      {whole.standards.map((standard) => <One key={standard.id} standard={standard} />)}
    </section>
  );
}

function One({ standard }: { standard: Standard }) {
  const lang = useLang();
  const words = useWords();
  const colon = lang === "zh" ? "：" : ": ";
  const stop = lang === "zh" ? "。" : ". ";
  return (
    <div className="standard">
      <h3><T text={standard.title} /></h3>
      <ul className="standard-counts">
        {STATUSES.filter((status) => (standard.counts[status] ?? 0) > 0).map((status) => (
          <li key={status} className={`status status-${status}`}>
            <StatusSign status={status} />{words(status)}<span className="count">{standard.counts[status]}</span>
          </li>
        ))}
      </ul>
      <Disclosure label={lang === "zh" ? `全部 ${standard.clauses.length} 项` : `All ${standard.clauses.length} in a table`}>
        <div className="scroll" tabIndex={0} role="region" aria-label={`${lang === "zh" ? standard.title.zh : standard.title.en}: ${words("scroll")}`}>
          <table className="clauses">
            <thead>
              <tr>{(["clause", "ourWords", "inThisRun", "speaks", "missing"] as Word[]).map((word) => <th key={word} scope="col">{words(word)}</th>)}</tr>
            </thead>
            <tbody>{standard.clauses.map((clause) => <Row key={clause.id} clause={clause} />)}</tbody>
          </table>
        </div>
        <p className="standard-source">
          {words("sourceOf")}{colon}{standard.version}, {standard.date}, <span className="address">{standard.source}</span>{stop}
          {words("checked")} {standard.checked.date}{colon}<T text={standard.checked.note} />
        </p>
      </Disclosure>
    </div>
  );
}

function Row({ clause }: { clause: Clause }) {
  const words = useWords();
  return (
    <tr>
      <th scope="row">{clause.id}</th>
      <td><T text={clause.title} /></td>
      <td><span className={`status status-${clause.status}`}><StatusSign status={clause.status} />{words(clause.status)}</span></td>
      <td>
        {clause.links.length === 0 ? "–" : (
          <ul className="clause-links">{clause.links.map((link) => <li key={link.names.join()}><Link link={link} /></li>)}</ul>
        )}
      </td>
      <td>{clause.gap && <T text={clause.gap} />}</td>
    </tr>
  );
}

/** Where a part of the report stands in this page, and what it is called. */
const PARTS: Record<string, [string, Word]> = {
  coverage: ["coverage", "coverage"], examples: ["coverage", "examples"], ledger: ["ledger", "ledger"],
  licence: ["model", "license"], limits: ["report-limits", "reportLimits"], methods: ["methods", "methods"],
  model: ["model", "model"], reproduce: [anchor("method", "reproduce"), "methods"], summary: ["summary", "summary"],
  safety_case: ["safety-case", "safetyCase"],
};

function Link({ link }: { link: ClauseLink }) {
  const lang = useLang();
  const words = useWords();
  const { report } = useDocument();
  const shown = link.names.map((name): [string, Text | string, string | undefined] => {
    if (link.kind === "topic") {
      const title = report.topics.find((topic) => topic.id === name)?.title;
      return [name, title ?? name, title && anchor("topic", name)];
    }
    if (link.kind === "tasks") {
      const title = report.results.find((result) => result.task === name)?.title;
      return [name, title ?? name, title && anchor("task", name)];
    }
    const part = PARTS[name];
    return part ? [name, words(part[1]), part[0]] : [name, name, undefined];
  });
  const strength = words(link.strength === "context" ? "contextOnly" : link.strength);
  const n = link.figures.length;
  const figures = n === 0 ? "" : lang === "zh" ? `，${n} 项数值` : `, ${n} ${n === 1 ? "figure" : "figures"}`;
  return (
    <>
      <span className={`clause-sign status-${link.status}`}><StatusSign status={link.status} /></span>
      {shown.map(([name, title, target], i) => {
        const text = typeof title === "string" ? title : <T text={title} />;
        return <Fragment key={name}>{i > 0 && (lang === "zh" ? "、" : ", ")}{target ? <a href={`#${target}`}>{text}</a> : text}</Fragment>;
      })}
      <span className="clause-strength">{lang === "zh" ? "（" : " ("}{strength}{figures}<span className="unseen">, {words(link.status)}</span>{lang === "zh" ? "）" : ")"}</span>
      <span className="clause-reason"> <T text={link.reason} /></span>
    </>
  );
}
