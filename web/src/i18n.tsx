// The language of the page: a context, the page's own words, and <T> for texts of the document.
import { createContext, useContext } from "react";
import { WORDS, type Word } from "./words";
import type { Lang, Text } from "./types";

export const LangContext = createContext<Lang>("en");

export function useLang(): Lang {
  return useContext(LangContext);
}

/** The page's own words in the chosen language: `w("summary")`. */
export function useWords(): (word: Word) => string {
  const lang = useLang();
  return (word) => WORDS[word][lang];
}

export const HTML_LANG: Record<Lang, string> = { en: "en", zh: "zh-Hans" };

/** A text of the document; where a language is missing, the other one, marked as such. */
export function T({ text }: { text: Text }) {
  const lang = useLang();
  if (text[lang] !== "") return <>{text[lang]}</>;
  const other: Lang = lang === "en" ? "zh" : "en";
  return text[other] === "" ? null : <span lang={HTML_LANG[other]}>{text[other]}</span>;
}

export function plain(text: Text, lang: Lang): string {
  return text[lang] || text.en || text.zh;
}

export function isEmpty(text: Text | null | undefined): boolean {
  return !text || (text.en === "" && text.zh === "");
}
