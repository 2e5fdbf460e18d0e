// The bar with contents, language and appearance; and the title with the model's card line.
import { date, largeCount } from "../format";
import { T, useLang, useWords } from "../i18n";
import type { Theme } from "../settings";
import type { Lang } from "../types";
import type { Word } from "../words";
import { useDocument } from "./context";

interface BarProps {
  lang: Lang;
  onLang(lang: Lang): void;
  theme: Theme;
  onTheme(theme: Theme): void;
  menu?: { open: boolean; toggle(): void };
}

/** Profiles that Assay has, in the reader's words; others as they are. */
export function profileName(profile: string, words: (word: Word) => string): string {
  return profile === "quick" || profile === "standard" || profile === "full" ? words(profile) : profile;
}

const THEMES: Theme[] = ["auto", "light", "dark"];

export function Bar({ lang, onLang, theme, onTheme, menu }: BarProps) {
  const words = useWords();
  return (
    <header className="bar">
      <div className="bar-inner">
        {menu && (
          <button type="button" className="menu-button" aria-expanded={menu.open} aria-controls="contents" onClick={menu.toggle}>
            <span aria-hidden="true">☰</span> {words("contents")}
          </button>
        )}
        <span className="brand" lang="en">Assay <span lang="zh-Hans">试金</span></span>
        <label className="theme">
          <span className="unseen">{words("appearance")}</span>
          <select value={theme} onChange={(event) => onTheme(event.target.value as Theme)}>
            {THEMES.map((t) => <option key={t} value={t}>{words(t)}</option>)}
          </select>
        </label>
        <div className="switch" role="group" aria-label={`${words("language")} / Language`}>
          <button type="button" lang="en" aria-pressed={lang === "en"} onClick={() => onLang("en")}>English</button>
          <button type="button" lang="zh-Hans" aria-pressed={lang === "zh"} onClick={() => onLang("zh")}>中文</button>
        </div>
      </div>
    </header>
  );
}

export function Masthead() {
  const lang = useLang();
  const words = useWords();
  const { report } = useDocument();
  const { model, run } = report;
  const dtype = model.scored_dtype === model.weights_dtype || model.scored_dtype === ""
    ? model.weights_dtype
    : `${model.weights_dtype} → ${model.scored_dtype}`;
  const card = [
    model.name,
    model.architecture,
    `${largeCount(model.parameters, lang)}${lang === "zh" ? "" : " "}${words("parametersUnit")}`,
    dtype,
    model.license === "" ? `${words("license")}: ${words("notStated")}` : model.license,
    model.engine,
  ].filter((part) => part !== "");
  const when = run.finished === "" ? run.created : run.finished;
  return (
    <div className="masthead">
      <p className="kicker">{words("product")}</p>
      <h1><T text={report.title} /></h1>
      <ul className="card">{card.map((part, i) => <li key={i}>{part}</li>)}</ul>
      <p className="when">
        {date(when, lang)} · {words("profile")}{lang === "zh" ? "：" : ": "}{profileName(run.profile, words)} · {words("runId")}{lang === "zh" ? "：" : ": "}<code>{run.id}</code>
      </p>
      {run.finished === "" && (
        <p className="unfinished" role="note"><strong>{words("unfinished")}</strong> {words("unfinishedText")}</p>
      )}
    </div>
  );
}
