// The first page: headline, claims, key figures, and what the report does not say.
import { useMemo } from "react";
import { anchor } from "../load";
import { T, useWords } from "../i18n";
import { ClaimList } from "./Claims";
import { useDocument } from "./context";
import { FigureList, type Row } from "./FigureList";

export function Summary() {
  const words = useWords();
  const { report, index } = useDocument();
  const { headline, claims, key_figures, limits } = report.summary;
  const rows = useMemo(
    () => key_figures.flatMap((reference): Row[] => {
      const found = index.figure(reference);
      if (!found) return [];
      const { figure, result } = found;
      return [{ key: result.key, figure, estimate: figure.estimate, context: <Context reference={reference} />, href: `#${anchor("figure", result.key, figure.id)}` }];
    }),
    [key_figures, index],
  );
  return (
    <section className="summary" aria-labelledby="summary">
      <h2 id="summary" tabIndex={-1}>{words("summary")}</h2>
      <p className="headline"><T text={headline} /></p>
      {claims.length > 0 && (
        <>
          <h3>{words("findings")}</h3>
          <ClaimList claims={claims} folded />
        </>
      )}
      {rows.length > 0 && (
        <>
          <h3>{words("keyFigures")}</h3>
          <p className="aside">{words("keyFiguresNote")}</p>
          <FigureList rows={rows} anchors={false} />
        </>
      )}
      {limits.length > 0 && (
        <div className="summary-limits">
          <h3>{words("summaryLimits")}</h3>
          <ul>{limits.map((text, i) => <li key={i}><T text={text} /></li>)}</ul>
        </div>
      )}
    </section>
  );
}

function Context({ reference }: { reference: string }) {
  const words = useWords();
  const { index } = useDocument();
  const found = index.figure(reference);
  if (!found) return null;
  return <><T text={found.result.title} /> · {words(found.result.lang === "en" ? "langEn" : "langZh")}</>;
}
