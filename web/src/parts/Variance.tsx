// Where the variation of the scores comes from: a stacked bar, and its table with intervals.
import { useMemo } from "react";
import { countsText, intervalText, isKnown, reasonText, valueText } from "../format";
import { plain, T, useLang, useWords } from "../i18n";
import type { TaskResult } from "../types";
import { StackedBar } from "./Strip";
import { useWidth } from "./useWidth";

export function Variance({ result }: { result: TaskResult }) {
  const lang = useLang();
  const words = useWords();
  const [ref, width] = useWidth<HTMLDivElement>();
  const shares = useMemo(
    () => result.variance.map((v) => ({ source: v.source, share: Math.max(0, v.share.value ?? 0) })),
    [result],
  );
  const description = result.variance.map((v) => `${plain(v.label, lang)} ${valueText(v.share, lang)}, ${intervalText(v.share, lang)}`);
  return (
    <div className="variance">
      <div ref={ref} role="img" aria-label={`${words("variance")}: ${description.join("; ")}`}>
        <StackedBar shares={shares} width={width} />
      </div>
      <table>
        <caption className="unseen">{words("variance")}</caption>
        <thead>
          <tr><th scope="col">{words("source")}</th><th scope="col">{words("varianceShare")}</th><th scope="col">{words("counts")}</th></tr>
        </thead>
        <tbody>
          {result.variance.map((v, i) => (
            <tr key={v.source}>
              <th scope="row"><span className="keyed"><i className={`swatch series-${(i % 6) + 1}`}>{i + 1}</i><span><T text={v.label} /></span></span></th>
              <td><strong>{valueText(v.share, lang)}</strong> <span className="inline">{isKnown(v.share) ? intervalText(v.share, lang) : reasonText(v.share, lang)}</span></td>
              <td>{countsText(v.share, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
