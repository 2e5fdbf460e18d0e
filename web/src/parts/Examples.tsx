// Real samples: what was said, what was taken as the answer, the verdict and why. All of it is text
// of a model and is shown as text. Sensitive ones are not in the page until they are asked for.
import { useId, useLayoutEffect, useRef, useState } from "react";
import { anchor } from "../load";
import { HTML_LANG, useWords } from "../i18n";
import type { Example, TaskResult } from "../types";
import { Disclosure } from "./Disclosure";
import { VerdictSign } from "./Icons";

/** The first success and the first failure are open; the others are folded. */
function split(examples: Example[]): [Example[], Example[]] {
  const first = new Set<Example>();
  for (const verdict of ["failure", "success"] as const) {
    const found = examples.find((e) => e.verdict === verdict);
    if (found) first.add(found);
  }
  if (first.size === 0 && examples[0]) first.add(examples[0]);
  return [examples.filter((e) => first.has(e)), examples.filter((e) => !first.has(e))];
}

export function Examples({ result, more }: { result: TaskResult; more: (count: number) => string }) {
  const [open, rest] = split(result.examples);
  return (
    <div className="examples">
      {open.map((e) => <OneExample key={e.sample_id} result={result} example={e} />)}
      {rest.length > 0 && (
        <Disclosure label={more(rest.length)}>
          {rest.map((e) => <OneExample key={e.sample_id} result={result} example={e} />)}
        </Disclosure>
      )}
    </div>
  );
}

function OneExample({ result, example }: { result: TaskResult; example: Example }) {
  const words = useWords();
  const [shown, setShown] = useState(!example.sensitive);
  const id = anchor("example", result.key, example.sample_id);
  return (
    <div className={`example verdict-${example.verdict}`} id={id} tabIndex={-1} role="group"
         aria-label={`${words("sample")} ${example.sample_id}: ${words(example.verdict)}`}>
      <div className="example-head">
        <span className="verdict"><VerdictSign verdict={example.verdict} />{words(example.verdict)}</span>
        <code>{example.sample_id}</code>
        {example.sensitive && shown && (
          <button type="button" className="quiet" onClick={() => setShown(false)}>{words("conceal")}</button>
        )}
      </div>
      {shown ? (
        <Content example={example} />
      ) : (
        <div className="sensitive">
          <p><strong>{words("sensitiveTitle")}</strong> {words("sensitive")}</p>
          <button type="button" className="reveal" aria-describedby={id} onClick={() => setShown(true)}>{words("reveal")}</button>
        </div>
      )}
    </div>
  );
}

function Content({ example }: { example: Example }) {
  const words = useWords();
  const lang = HTML_LANG[example.lang];
  const last = example.transcript[example.transcript.length - 1];
  const repeated = last?.role === "assistant" && last.content.trim() === example.answer.trim();
  return (
    <>
      <ol className="transcript">
        {example.transcript.map((turn, i) => (
          <li key={i} className={`turn role-${turn.role === "assistant" || turn.role === "system" ? turn.role : "user"}`}>
            <span className="role">{isRole(turn.role) ? words(turn.role) : turn.role}</span>
            <LongText text={turn.content} lang={lang} />
          </li>
        ))}
      </ol>
      <dl className="outcome">
        {!repeated && (
          <div><dt>{words("answer")}</dt><dd><LongText text={example.answer === "" ? "–" : example.answer} lang={lang} /></dd></div>
        )}
        {example.explanation !== "" && (
          <div><dt>{words("verdictWhy")}</dt><dd className="speech-text">{example.explanation}</dd></div>
        )}
      </dl>
    </>
  );
}

const ROLES = ["system", "user", "assistant", "tool"] as const;

function isRole(role: string): role is (typeof ROLES)[number] {
  return (ROLES as readonly string[]).includes(role);
}

/** Text as it is, to a height; then a button for the rest. Paper shows it whole. */
function LongText({ text, lang }: { text: string; lang: string }) {
  const words = useWords();
  const ref = useRef<HTMLDivElement>(null);
  const id = useId();
  const [long, setLong] = useState(false);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element) setLong(text.length > 900 || text.split("\n").length > 14);
  }, [text]);
  return (
    <div>
      <div ref={ref} id={id} lang={lang} dir="auto" className={long && !open ? "speech-text cut" : "speech-text"}>{visible(text)}</div>
      {long && (
        <button type="button" className="quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {words(open ? "showLess" : "showAll")}
        </button>
      )}
    </div>
  );
}

/** Characters that would be unseen or reorder the text are shown as their code points. */
function visible(text: string): string {
  // eslint: control characters are meant
  return text.replace(/[\u0000-\u0008\u000B-\u001F\u007F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, (c) =>
    `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}
