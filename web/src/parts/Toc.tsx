// Contents and filter: a column beside the report where there is room, else a menu.
import { anchor } from "../load";
import { T, useWords } from "../i18n";
import type { Lang, Topic } from "../types";
import { APPENDIX } from "./Appendix";
import { useDocument } from "./context";
import { STATUSES } from "./Coverage";
import type { Filter } from "./filter";
import { StatusSign } from "./Icons";

export interface TocProps {
  shown: Set<string>; // ids of topics that pass the filter
  current: string; // id of the heading that is being read
  filter: Filter;
  onFilter(filter: Filter): void;
  onChosen(): void;
}

export function Toc({ shown, current, filter, onFilter, onChosen }: TocProps) {
  const words = useWords();
  const { report } = useDocument();
  const link = (id: string) => ({ href: `#${id}`, "aria-current": current === id ? ("location" as const) : undefined, onClick: onChosen });
  return (
    <>
      <ul className="toc">
        <li><a {...link("summary")}>{words("summary")}</a></li>
        <li><a {...link("coverage")}>{words("coverage")}</a></li>
        {report.areas.map((area, a) => (
          <li key={area.id}>
            <a className="toc-area" {...link(anchor("area", area.id))}><span className="number">{a + 1}</span> <T text={area.title} /></a>
            <ul>
              {report.topics.filter((t) => t.area === area.id && shown.has(t.id)).map((topic) => (
                <li key={topic.id}><TopicLink topic={topic} {...link(anchor("topic", topic.id))} /></li>
              ))}
            </ul>
          </li>
        ))}
        {report.safety_case && <li><a className="toc-area" {...link("safety-case")}>{words("safetyCase")}</a></li>}
        {report.crosswalk && <li><a className="toc-area" {...link("crosswalk")}>{words("crosswalk")}</a></li>}
        <li>
          <a className="toc-area" {...link("appendix")}>{words("appendix")}</a>
          <ul>{APPENDIX.map(([id, word]) => <li key={id}><a {...link(id)}>{words(word)}</a></li>)}</ul>
        </li>
      </ul>
      <FilterForm filter={filter} onFilter={onFilter} />
    </>
  );
}

function TopicLink({ topic, ...link }: { topic: Topic; href: string; onClick(): void }) {
  const words = useWords();
  return (
    <a {...link}>
      <span className={`toc-sign status-${topic.status}`}><StatusSign status={topic.status} /></span>
      <T text={topic.title} />
      <span className="unseen"> ({words(topic.status)})</span>
    </a>
  );
}

function FilterForm({ filter, onFilter }: Pick<TocProps, "filter" | "onFilter">) {
  const words = useWords();
  return (
    <form className="filter" role="search" aria-label={words("filter")} onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>{words("find")}</span>
        <input type="search" value={filter.text} onChange={(event) => onFilter({ ...filter, text: event.target.value })} />
      </label>
      <fieldset>
        <legend>{words("filterStatus")}</legend>
        {STATUSES.map((status) => (
          <label key={status} className="check">
            <input type="checkbox" checked={filter.statuses.includes(status)} onChange={(event) => onFilter({
              ...filter,
              statuses: event.target.checked ? [...filter.statuses, status] : filter.statuses.filter((s) => s !== status),
            })} />
            <span className={`toc-sign status-${status}`}><StatusSign status={status} /></span>
            {words(status)}
          </label>
        ))}
      </fieldset>
      <label>
        <span>{words("resultsIn")}</span>
        <select value={filter.lang} onChange={(event) => onFilter({ ...filter, lang: event.target.value as Lang | "" })}>
          <option value="">{words("allLangs")}</option>
          <option value="en">{words("langEn")}</option>
          <option value="zh">{words("langZh")}</option>
        </select>
      </label>
    </form>
  );
}
