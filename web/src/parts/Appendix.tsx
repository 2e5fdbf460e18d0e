// Methods, versions, model, machine, ledger, identity: what others need to judge or repeat the run.
import type { ReactNode } from "react";
import { bytes, date, duration, fixed, si, significant } from "../format";
import { anchor } from "../load";
import { T, plain, useLang, useWords } from "../i18n";
import type { Ledger } from "../types";
import type { Word } from "../words";
import { useDocument } from "./context";
import { profileName } from "./Header";

export const APPENDIX: [string, Word][] = [
  ["methods", "methods"], ["model", "model"], ["machine", "machine"], ["versions", "versions"],
  ["ledger", "ledger"], ["identity", "identity"], ["report-limits", "reportLimits"],
];

export function Appendix() {
  const words = useWords();
  const { report } = useDocument();
  return (
    <section className="appendix" aria-labelledby="appendix">
      <h2 id="appendix" tabIndex={-1}>{words("appendix")}</h2>
      <Part id="methods">
        {report.methods.map((method) => (
          <div key={method.id} className="method" id={anchor("method", method.id)} tabIndex={-1}>
            <h4><T text={method.title} /></h4>
            <Paragraphs text={method.text} />
          </div>
        ))}
      </Part>
      <Part id="model"><ModelTable /></Part>
      <Part id="machine"><Records value={report.machine} /></Part>
      <Part id="versions"><Records value={report.versions} /></Part>
      <Part id="ledger"><LedgerTable /></Part>
      <Part id="identity"><Identity /></Part>
      <Part id="report-limits">
        <ul>{report.summary.limits.map((text, i) => <li key={i}><T text={text} /></li>)}</ul>
      </Part>
    </section>
  );
}

function Part({ id, children }: { id: string; children: ReactNode }) {
  const words = useWords();
  const word = APPENDIX.find(([name]) => name === id)?.[1];
  return (
    <section className="appendix-part" aria-labelledby={id}>
      <h3 id={id} tabIndex={-1}>{word && words(word)}</h3>
      {children}
    </section>
  );
}

function Paragraphs({ text }: { text: { en: string; zh: string } }) {
  const lang = useLang();
  return <>{plain(text, lang).split(/\n{2,}/).map((p, i) => <p key={i}>{p}</p>)}</>;
}

function Terms({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <dl className="records">
      {rows.map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}
    </dl>
  );
}

function ModelTable() {
  const lang = useLang();
  const words = useWords();
  const m = useDocument().report.model;
  const delta = m.dtype_max_logprob_delta;
  return (
    <Terms rows={[
      [words("name"), m.name === m.id || m.id === "" ? m.name : <>{m.name} (<code>{m.id}</code>)</>],
      [words("architecture"), m.architecture],
      [words("parameters"), fixed(m.parameters, 0)],
      [words("context"), `${fixed(m.context_length, 0)} ${lang === "zh" ? "词元" : "tokens"}`],
      [words("vocabulary"), fixed(m.vocabulary, 0)],
      [words("tokenizer"), m.tokenizer],
      [words("chatTemplate"), words(m.has_chat_template ? "yes" : "no")],
      [words("license"), m.license === "" ? words("notStated") : m.license],
      [words("weights"), m.weights_dtype],
      [words("scored"), m.scored_dtype],
      ...(delta === null ? [] : [[words("dtypeDelta"), `${significant(delta)} ${lang === "zh" ? "奈特" : "nat"}`] as [string, ReactNode]]),
      [words("fileSize"), bytes(m.file_bytes)],
      [words("engine"), m.engine],
      ...(m.served_at ? [[words("servedAt"), m.served_at] as [string, ReactNode]] : []),
      ...(m.arguments?.length ? [[words("arguments"), <code key="a">{m.arguments.join(" ")}</code>] as [string, ReactNode]] : []),
      [words("modelDigest"), <code key="d">{m.digest}</code>],
      [words("templateDigest"), m.template_digest === "" ? "–" : <code key="t">{m.template_digest}</code>],
    ]} />
  );
}

const KEYS: Record<string, { en: string; zh: string }> = {
  cpu: { en: "Processor", zh: "处理器" },
  cores: { en: "Cores", zh: "核心数" },
  threads: { en: "Threads", zh: "线程数" },
  features: { en: "Processor features", zh: "处理器特性" },
  memory_bytes: { en: "Memory", zh: "内存" },
  memory: { en: "Memory", zh: "内存" },
  gpu: { en: "Graphics processor", zh: "图形处理器" },
  os: { en: "Operating system", zh: "操作系统" },
  kernel: { en: "Kernel", zh: "内核" },
  compiler: { en: "Compiler", zh: "编译器" },
  assay: { en: "Assay", zh: "试金" },
  tasks: { en: "Tasks", zh: "任务" },
};

/** Whatever is known of the machine or the versions, flattened: "tasks.facts" -> 1. */
function flatten(value: unknown, path: string[]): [string[], unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => flatten(inner, [...path, key]));
  }
  return [[path, value]];
}

function Records({ value }: { value: Record<string, unknown> }) {
  const lang = useLang();
  const rows = flatten(value, []).map(([path, inner]): [string, ReactNode] => {
    const name = path.map((key) => KEYS[key]?.[lang] ?? key).join(" · ");
    const last = path[path.length - 1] ?? "";
    if (typeof inner === "number" && (last.endsWith("_bytes") || last === "memory")) return [name, bytes(inner)];
    if (Array.isArray(inner)) return [name, inner.map(String).join(", ")];
    return [name, inner === null || inner === "" ? "–" : String(inner)];
  });
  return rows.length === 0 ? <p>–</p> : <Terms rows={rows} />;
}

const COLUMNS: [Word, (l: Ledger, lang: "en" | "zh") => string][] = [
  ["requests", (l) => fixed(l.requests, 0)],
  ["promptTokens", (l) => fixed(l.prompt_tokens, 0)],
  ["computedTokens", (l) => fixed(l.computed_tokens, 0)],
  ["completionTokens", (l) => fixed(l.completion_tokens, 0)],
  ["compute", (l) => si(l.flops, "FLOP")],
  ["time", (l, lang) => duration(l.seconds, lang)],
];

function LedgerRow({ name, ledger }: { name: ReactNode; ledger: Ledger }) {
  const lang = useLang();
  const words = useWords();
  return (
    <tr>
      <th scope="row">{name}</th>
      {COLUMNS.map(([word, show]) => <td key={word}>{show(ledger, lang)}</td>)}
      <td>{si(ledger.joules, "J")}{ledger.joules_modelled && <span className="tag">{words("modelledShort")}</span>}</td>
    </tr>
  );
}

function LedgerTable() {
  const words = useWords();
  const { report, index } = useDocument();
  return (
    <>
      <p className="aside">{words("ledgerNote")}</p>
      <div className="scroll" role="region" aria-label={`${words("ledger")}: ${words("scroll")}`} tabIndex={0}>
        <table className="numbers">
          <caption className="unseen">{words("ledger")}</caption>
          <thead>
            <tr>
              <th scope="col">{words("task")}</th>
              {COLUMNS.map(([word]) => <th key={word} scope="col">{words(word)}</th>)}
              <th scope="col">{words("energy")}</th>
            </tr>
          </thead>
          <tbody>
            {report.ledger.tasks.map((entry) => {
              const result = index.results.get(entry.key);
              const inLang = result && words(result.lang === "en" ? "langEn" : "langZh");
              return <LedgerRow key={entry.key} ledger={entry} name={result ? <><T text={result.title} /> · {inLang}</> : entry.key} />;
            })}
          </tbody>
          <tfoot><LedgerRow name={words("total")} ledger={report.ledger.total} /></tfoot>
        </table>
      </div>
    </>
  );
}

function Identity() {
  const lang = useLang();
  const words = useWords();
  const { report, seed } = useDocument();
  const { run } = report;
  return (
    <Terms rows={[
      [words("runId"), <code key="i">{run.id}</code>],
      [words("created"), date(run.created, lang)],
      [words("finished"), run.finished === "" ? words("notFinished") : date(run.finished, lang)],
      [words("profile"), profileName(run.profile, words)],
      [words("langs"), run.langs.map((l) => words(l === "en" ? "langEn" : "langZh")).join(lang === "zh" ? "、" : ", ")],
      [words("seed"), <code key="s">{seed}</code>],
      [words("configDigest"), <code key="c">{run.config_digest}</code>],
      [words("modelDigest"), <code key="m">{report.model.digest}</code>],
    ]} />
  );
}
