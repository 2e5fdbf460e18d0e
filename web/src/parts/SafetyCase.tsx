// The safety case: a picture of areas and topics by support, and the argument as nested lists.
import { anchor, splitReference } from "../load";
import { isEmpty, T, useLang, useWords } from "../i18n";
import type { CaseArea, CaseNode, SupportState } from "../types";
import type { Word } from "../words";
import { CaseTree } from "./CaseTree";
import { useDocument } from "./context";
import { Disclosure } from "./Disclosure";
import { SupportSign } from "./Icons";

export const SUPPORT: SupportState[] = ["supported", "open", "undeveloped", "rebutted"];
const MEANS: Record<SupportState, Word> = {
  supported: "supportedMeans", open: "openMeans", undeveloped: "undevelopedMeans", rebutted: "rebuttedMeans",
};
const PREMISE: Partial<Record<CaseNode["kind"], Word>> = {
  context: "caseContext", assumption: "assumption", justification: "justification",
};

export function SafetyCase() {
  const lang = useLang();
  const words = useWords();
  const { report } = useDocument();
  const whole = report.safety_case;
  if (!whole) return null;
  const nodes = new Map(whole.nodes.map((node) => [node.id, node]));
  const root = nodes.get(whole.root);
  return (
    <section className="safety-case" aria-labelledby="safety-case">
      <h2 id="safety-case" tabIndex={-1}>{words("safetyCase")}</h2>
      <p className="aside">{words("safetyCaseNote")}</p>
      {root && <p className="case-top"><Chip state={root.state ?? "undeveloped"} /> <strong><T text={root.text} />{lang === "zh" ? "。" : "."}</strong></p>}
      <p><T text={whole.text} /></p>
      <ul className="case-legend">
        {SUPPORT.map((state) => <li key={state}><Chip state={state} /> {words(MEANS[state])}</li>)}
      </ul>
      <CaseTree whole={whole} />
      <ul className="premises">
        {whole.nodes.filter((node) => node.topic === "" && PREMISE[node.kind]).map((node) => (
          <li key={node.id}><Premise node={node} /></li>
        ))}
      </ul>
      {whole.areas.map((area) => <Area key={area.area} area={area} nodes={nodes} />)}
    </section>
  );
}

function Chip({ state }: { state: SupportState }) {
  return <span className={`status support-${state}`}><SupportSign state={state} />{useWords()(state)}</span>;
}

function Premise({ node }: { node: CaseNode }) {
  const lang = useLang();
  const words = useWords();
  const word = PREMISE[node.kind];
  return <>{word && <span className="premise">{words(word)}{lang === "zh" ? "：" : ": "}</span>}<T text={node.text} />{lang === "zh" ? "。" : "."}</>;
}

function Area({ area, nodes }: { area: CaseArea; nodes: Map<string, CaseNode> }) {
  const lang = useLang();
  const words = useWords();
  const { report } = useDocument();
  const title = report.areas.find((a) => a.id === area.area)?.title;
  const goals = (nodes.get(area.strategy)?.supported_by ?? []).flatMap((id) => nodes.get(id) ?? []);
  const counts = SUPPORT.filter((state) => (area.counts[state] ?? 0) > 0)
    .map((state) => `${words(state)} ${area.counts[state]}`).join(lang === "zh" ? "，" : ", ");
  return (
    <div className="case-area">
      <h3>{title && <T text={title} />} <Chip state={area.state} /></h3>
      {!isEmpty(area.text) && <p className="weakest"><strong>{words("weakestLink")}{lang === "zh" ? "：" : ": "}</strong><T text={area.text} /></p>}
      <Disclosure label={`${goals.length} ${words("goals")}${lang === "zh" ? "：" : ": "}${counts}`}>
        <ul className="goals">
          {goals.map((goal) => <li key={goal.id}><Goal goal={goal} nodes={nodes} /></li>)}
        </ul>
      </Disclosure>
    </div>
  );
}

function Goal({ goal, nodes }: { goal: CaseNode; nodes: Map<string, CaseNode> }) {
  const words = useWords();
  const { index } = useDocument();
  const below = [...goal.supported_by, ...goal.in_context_of].flatMap((id) => nodes.get(id) ?? []);
  return (
    <>
      <p className="goal-text">
        <Chip state={goal.state ?? "undeveloped"} />{" "}
        <a href={`#${anchor("topic", goal.topic)}`}>{index.number.get(goal.topic)}</a> <T text={goal.text} />
      </p>
      {!isEmpty(goal.reason) && <p className="goal-reason"><T text={goal.reason} /></p>}
      {below.length > 0 && (
        <Disclosure label={`${words("restsOn")} (${below.length})`}>
          <ul className="solutions">
            {below.map((node) => <li key={node.id}><Solution node={node} weakest={node.id === goal.weakest} /></li>)}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

function Solution({ node, weakest }: { node: CaseNode; weakest: boolean }) {
  const words = useWords();
  const { index } = useDocument();
  const { key, id } = splitReference(node.figure);
  const text = <T text={node.text} />;
  return (
    <>
      {node.state ? <Chip state={node.state} /> : <span className="premise">{words("caseContext")}</span>}{" "}
      {index.figure(node.figure) ? <a href={`#${anchor("figure", key, id)}`}>{text}</a> : text}
      {weakest && <span className="tag">{words("weakestLink")}</span>}
      {!isEmpty(node.reason) && <span className="goal-reason"> <T text={node.reason} /></span>}
    </>
  );
}
