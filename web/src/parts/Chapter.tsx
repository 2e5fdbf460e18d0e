// One topic: its status and why, what can be said, and the tasks that bear on it.
import { useMemo } from "react";
import { anchor, groupByTask } from "../load";
import { isEmpty, T, useLang, useWords } from "../i18n";
import type { Lang, Topic } from "../types";
import { ClaimList } from "./Claims";
import { useDocument } from "./context";
import { Effort } from "./Effort";
import { StatusSign } from "./Icons";
import { TaskBlock } from "./TaskBlock";

export function Chapter({ topic, only }: { topic: Topic; only: Lang | "" }) {
  const lang = useLang();
  const words = useWords();
  const { index } = useDocument();
  const groups = useMemo(
    () => groupByTask(topic.tasks.filter((key) => only === "" || index.results.get(key)?.lang === only), index),
    [topic, only, index],
  );
  const id = anchor("topic", topic.id);
  const empty = saysNothing(topic);
  const saidAlready = empty && topic.claims.some((c) => c.text.en.includes(topic.reason.en.replace(/\.$/, "")));
  return (
    <article className="chapter" aria-labelledby={id}>
      <div className="chapter-head">
        <h3 id={id} tabIndex={-1}><span className="number">{index.number.get(topic.id)}</span> <T text={topic.title} /></h3>
        <p className={`status status-${topic.status}`}><StatusSign status={topic.status} />{words(topic.status)}</p>
      </div>
      <p className="about"><T text={topic.about} /></p>
      {!isEmpty(topic.reason) && !saidAlready && (
        <p className="reason"><strong>{words("why")}{lang === "zh" ? "：" : ": "}</strong><T text={topic.reason} /></p>
      )}
      {empty && topic.claims.map((claim) => <p key={claim.id} className="reason"><T text={claim.text} /></p>)}
      {!empty && topic.claims.length > 0 && (
        <div className="chapter-claims">
          <h4>{words("claims")}</h4>
          <ClaimList claims={topic.claims} folded={false} />
        </div>
      )}
      <Effort results={groups.flat()} />
      {groups.map((group) => <TaskBlock key={group[0]?.task} group={group} level={4} />)}
      <SeeAlso keys={topic.see_also} />
    </article>
  );
}

/** Nothing was measured: what is said then rests on nothing, and stands as a plain sentence. */
function saysNothing(topic: Topic): boolean {
  return topic.status === "not_measured" && topic.claims.every((c) => c.figures.length === 0 && c.evidence.length === 0);
}

function SeeAlso({ keys }: { keys: string[] }) {
  const lang = useLang();
  const words = useWords();
  const { index } = useDocument();
  const groups = groupByTask(keys, index);
  if (groups.length === 0) return null;
  return (
    <div className="see-also">
      <span>{words("seeAlso")}{lang === "zh" ? "：" : ": "}</span>
      <ul className="links">
        {groups.map((group) => {
          const result = group[0];
          if (!result) return null;
          const topic = index.home.get(result.key);
          return (
            <li key={result.task}>
              <a href={`#${anchor("task", result.task)}`}><T text={result.title} /></a>
              {topic && <> ({index.number.get(topic.id)} <T text={topic.title} />)</>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
