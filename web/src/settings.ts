// What the reader chose: language and appearance. Kept in localStorage where the browser allows it.
import type { Lang } from "./types";

export type Theme = "auto" | "light" | "dark";

function recall(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null; // some browsers refuse storage to file://
  }
}

export function remember(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // the choice holds for this visit only
  }
}

function asLang(text: string | null | undefined): Lang | null {
  return text === "en" || text === "zh" ? text : null;
}

/** ?lang=zh, then #zh, then the last choice, then the browser's language. */
export function firstLang(location: Location, languages: readonly string[]): Lang {
  const query = new URLSearchParams(location.search).get("lang");
  return (
    asLang(query) ??
    asLang(location.hash.replace(/^#/, "")) ??
    asLang(recall("assay-lang")) ??
    (languages[0]?.toLowerCase().startsWith("zh") ? "zh" : "en")
  );
}

export function firstTheme(): Theme {
  const stored = recall("assay-theme");
  return stored === "light" || stored === "dark" ? stored : "auto";
}

export function applyTheme(theme: Theme): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const resolved = theme === "auto" ? (dark ? "dark" : "light") : theme;
  document.documentElement.dataset["theme"] = resolved;
}
