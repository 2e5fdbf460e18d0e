// The whole page: what the reader chose (language, appearance, filter), and its parts in order.
import { Component, memo, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { anchor, groupByTask, indexReport, type Loaded } from "../load";
import { HTML_LANG, LangContext, plain, T, useLang, useWords } from "../i18n";
import { applyTheme, firstLang, firstTheme, remember, type Theme } from "../settings";
import type { Lang, Report } from "../types";
import { WORDS } from "../words";
import { Appendix } from "./Appendix";
import { Chapter } from "./Chapter";
import { DocumentContext, useDocument } from "./context";
import { Coverage } from "./Coverage";
import { Crosswalk } from "./Crosswalk";
import { openAround } from "./Disclosure";
import { EVERYTHING, isActive, matches, type Filter } from "./filter";
import { Bar, Masthead } from "./Header";
import { SafetyCase } from "./SafetyCase";
import { Summary } from "./Summary";
import { TaskBlock } from "./TaskBlock";
import { Toc, type TocProps } from "./Toc";

export function App({ loaded }: { loaded: Loaded }) {
  const [lang, setLang] = useState<Lang>(() => firstLang(window.location, navigator.languages));
  const [theme, setTheme] = useState<Theme>(firstTheme);
  const [menu, setMenu] = useState(false);

  useEffect(() => {
    document.documentElement.lang = HTML_LANG[lang];
    document.title = loaded.kind === "report" ? plain(loaded.report.title, lang) : WORDS.product[lang];
  }, [lang, loaded]);
  useEffect(() => {
    applyTheme(theme);
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => applyTheme(theme);
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, [theme]);
  const chooseLang = (next: Lang) => {
    remember("assay-lang", next);
    setLang(next);
  };
  const chooseTheme = (next: Theme) => {
    remember("assay-theme", next);
    setTheme(next);
  };
  const toggle = useCallback(() => setMenu((open) => !open), []);
  const closeMenu = useCallback(() => setMenu(false), []);

  return (
    <LangContext.Provider value={lang}>
      <Skip />
      <Bar lang={lang} onLang={chooseLang} theme={theme} onTheme={chooseTheme}
           menu={loaded.kind === "report" ? { open: menu, toggle } : undefined} />
      <Guard>
        {loaded.kind === "report" ? (
          <Whole report={loaded.report} seed={loaded.seed} menu={menu} closeMenu={closeMenu} onLang={setLang} />
        ) : (
          <Empty loaded={loaded} />
        )}
      </Guard>
      <Footer />
    </LangContext.Provider>
  );
}

function Skip() {
  return <a className="skip" href="#main">{useWords()("skip")}</a>;
}

function Footer() {
  return <footer className="foot">{useWords()("footer")}</footer>;
}

/** A document that does not fit the types must not leave an empty page. */
class Guard extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    return this.state.error === null
      ? this.props.children
      : <Empty loaded={{ kind: "unreadable", why: String(this.state.error) }} />;
  }
}

function Empty({ loaded }: { loaded: Loaded }) {
  const words = useWords();
  const unreadable = loaded.kind === "unreadable";
  return (
    <main id="main" className="empty" tabIndex={-1}>
      <h1>{words(unreadable ? "unreadable" : "noData")}</h1>
      <p>{words(unreadable ? "unreadableText" : "noDataText")}</p>
      {unreadable && <p><code>{loaded.why}</code></p>}
    </main>
  );
}

interface WholeProps {
  report: Report;
  seed: string;
  menu: boolean;
  closeMenu(): void;
  onLang(lang: Lang): void;
}

function Whole({ report, seed, menu, closeMenu, onLang }: WholeProps) {
  const words = useWords();
  const value = useMemo(() => ({ report, index: indexReport(report), seed }), [report, seed]);
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const shown = useMemo(
    () => new Set(report.topics.filter((t) => matches(t, filter, value.index)).map((t) => t.id)),
    [report, filter, value],
  );
  const clear = useCallback(() => setFilter(EVERYTHING), []);
  useFragment(clear, onLang);
  useEffect(() => {
    if (!menu) return;
    const escape = (event: KeyboardEvent) => event.key === "Escape" && closeMenu();
    window.addEventListener("keydown", escape);
    return () => window.removeEventListener("keydown", escape);
  }, [menu, closeMenu]);
  return (
    <DocumentContext.Provider value={value}>
      <div className="page">
        <nav id="contents" className={menu ? "contents open" : "contents"} aria-label={words("contents")}>
          <Contents shown={shown} filter={filter} onFilter={setFilter} onChosen={closeMenu} />
        </nav>
        <main id="main" tabIndex={-1}>
          <Front />
          <FilterNote shown={shown.size} all={report.topics.length} filter={filter} clear={clear} />
          <Areas shown={shown} only={filter.lang} />
          <Back />
        </main>
      </div>
    </DocumentContext.Provider>
  );
}

// These do not depend on the filter, the menu or the place of reading.
const Front = memo(function Front() {
  return (
    <>
      <Masthead />
      <Summary />
      <Coverage />
    </>
  );
});
const Back = memo(function Back() {
  return (
    <>
      <SafetyCase />
      <Crosswalk />
      <Appendix />
    </>
  );
});

function Contents(props: Omit<TocProps, "current">) {
  return <Toc {...props} current={useCurrent(props.shown)} />;
}

function FilterNote({ shown, all, filter, clear }: { shown: number; all: number; filter: Filter; clear(): void }) {
  const lang = useLang();
  const words = useWords();
  const active = isActive(filter);
  return (
    <div className={active ? "filter-note" : "filter-note idle"} role="status">
      {active && (
        <>
          {lang === "zh" ? `按筛选条件显示 ${all} 章中的 ${shown} 章。` : `The filter shows ${shown} of ${all} chapters.`}{" "}
          <button type="button" className="quiet" onClick={clear}>{words("clear")}</button>
        </>
      )}
    </div>
  );
}

const Areas = memo(function Areas({ shown, only }: { shown: Set<string>; only: Lang | "" }) {
  const words = useWords();
  const { report, index } = useDocument();
  const stray = groupByTask(index.homeless.map((r) => r.key), index);
  return (
    <>
      {report.areas.map((area, a) => {
        const topics = report.topics.filter((t) => t.area === area.id && shown.has(t.id));
        if (topics.length === 0) return null;
        const id = anchor("area", area.id);
        return (
          <section key={area.id} className="area" aria-labelledby={id}>
            <h2 id={id} tabIndex={-1}><span className="number">{a + 1}</span> <T text={area.title} /></h2>
            {topics.map((topic) => <Chapter key={topic.id} topic={topic} only={only} />)}
          </section>
        );
      })}
      {stray.length > 0 && (
        <section className="area" aria-labelledby="other-results">
          <h2 id="other-results" tabIndex={-1}>{words("otherResults")}</h2>
          {stray.map((group) => <TaskBlock key={group[0]?.task} group={group} level={3} />)}
        </section>
      )}
    </>
  );
});

/** Goes to the element of the fragment, also if it is folded or filtered away; "#zh" is a language. */
function useFragment(clear: () => void, onLang: (lang: Lang) => void) {
  useEffect(() => {
    const go = () => {
      const id = decodeURIComponent(window.location.hash.slice(1));
      if (id === "zh" || id === "en") return onLang(id);
      if (id === "") return;
      if (!document.getElementById(id)) flushSync(clear);
      const element = document.getElementById(id);
      if (!element) return;
      flushSync(() => openAround(element));
      element.scrollIntoView();
      if (element.tabIndex === -1) element.focus({ preventScroll: true });
    };
    const first = setTimeout(go); // flushSync is not for effects
    window.addEventListener("hashchange", go);
    return () => {
      clearTimeout(first);
      window.removeEventListener("hashchange", go);
    };
  }, [clear, onLang]);
}

/** The heading that was passed last: it is marked in the contents. */
function useCurrent(shown: Set<string>): string {
  const [current, setCurrent] = useState("summary");
  useEffect(() => {
    let frame = 0;
    const find = () => {
      frame = 0;
      let last = "summary";
      for (const heading of document.querySelectorAll<HTMLElement>("main h2[id], main h3[id]")) {
        if (heading.getBoundingClientRect().top > 120) break;
        last = heading.id;
      }
      setCurrent(last);
    };
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(find);
    };
    schedule();
    window.addEventListener("scroll", schedule, { passive: true });
    return () => {
      window.removeEventListener("scroll", schedule);
      cancelAnimationFrame(frame);
    };
  }, [shown]);
  return current;
}
