// Claims: a sentence, what it rests on, and what would show it to be wrong.
import { anchor, splitReference } from "../load";
import { isEmpty, T, useLang, useWords } from "../i18n";
import type { Claim } from "../types";
import { useDocument } from "./context";
import { Disclosure } from "./Disclosure";
import { ToneSign } from "./Icons";

export function ClaimList({ claims, folded }: { claims: Claim[]; folded: boolean }) {
  const words = useWords();
  return (
    <ul className="claims">
      {claims.map((claim) => (
        <li key={claim.id} className={`claim tone-${claim.tone}`}>
          <p className="claim-text">
            <span className="claim-tone"><ToneSign tone={claim.tone} />{words(claim.tone)}</span>
            <T text={claim.text} />
          </p>
          {folded ? (
            <Disclosure label={words("basisToggle")}><Basis claim={claim} /></Disclosure>
          ) : (
            <Basis claim={claim} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Basis({ claim }: { claim: Claim }) {
  const words = useWords();
  return (
    <dl className="basis">
      {!isEmpty(claim.falsified_by) && (
        <div><dt>{words("falsified")}</dt><dd><T text={claim.falsified_by} /></dd></div>
      )}
      {claim.figures.length > 0 && (
        <div><dt>{words("basis")}</dt><dd><Links references={claim.figures} kind="figure" /></dd></div>
      )}
      {claim.evidence.length > 0 && (
        <div><dt>{words("evidence")}</dt><dd><Links references={claim.evidence} kind="example" /></dd></div>
      )}
    </dl>
  );
}

function Links({ references, kind }: { references: string[]; kind: "figure" | "example" }) {
  return (
    <ul className="links">
      {references.map((reference) => (
        <li key={reference}><Reference reference={reference} kind={kind} /></li>
      ))}
    </ul>
  );
}

/** A link to a figure or an example; where the document does not hold it, its name. */
function Reference({ reference, kind }: { reference: string; kind: "figure" | "example" }) {
  const lang = useLang();
  const words = useWords();
  const { index } = useDocument();
  const { key, id } = splitReference(reference);
  const href = `#${anchor(kind, key, id)}`;
  if (kind === "figure") {
    const found = index.figure(reference);
    if (!found) return <code>{reference}</code>;
    const inLang = words(found.result.lang === "en" ? "langEn" : "langZh");
    return (
      <a href={href}>
        <T text={found.result.title} />{lang === "zh" ? "（" : " ("}{inLang}{lang === "zh" ? "）：" : "): "}<T text={found.figure.label} />
      </a>
    );
  }
  return index.example(reference) ? <a href={href}>{id}</a> : <code>{id}</code>;
}
