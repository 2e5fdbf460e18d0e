// All topics by area, with what is known about each: colour, sign and word say the same.
import { anchor } from "../load";
import { plain, T, useLang, useWords } from "../i18n";
import type { Status } from "../types";
import { useDocument } from "./context";
import { StatusSign } from "./Icons";

export const STATUSES: Status[] = ["measured", "partly", "not_assessable", "not_measured"];

export function Coverage() {
  const words = useWords();
  const lang = useLang();
  const { report } = useDocument();
  return (
    <section className="coverage" aria-labelledby="coverage">
      <h2 id="coverage" tabIndex={-1}>{words("coverage")}</h2>
      <p className="aside">{words("coverageNote")}</p>
      <ul className="coverage-legend">
        {STATUSES.map((status) => (
          <li key={status} className={`status status-${status}`}>
            <StatusSign status={status} />{words(status)}
            <span className="count">{report.topics.filter((topic) => topic.status === status).length}</span>
          </li>
        ))}
      </ul>
      <div className="coverage-areas">
        {report.areas.map((area, a) => (
          <div key={area.id} className="coverage-area">
            <h3><span className="number">{a + 1}</span><a href={`#${anchor("area", area.id)}`}><T text={area.title} /></a></h3>
            <ul>
              {report.topics.filter((topic) => topic.area === area.id).map((topic) => (
                <li key={topic.id}>
                  <a className={`cell status-${topic.status}`} href={`#${anchor("topic", topic.id)}`} title={plain(topic.reason, lang) || undefined}>
                    <StatusSign status={topic.status} />
                    <span className="cell-title"><T text={topic.title} /></span>
                    <span className="cell-status">{words(topic.status)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
