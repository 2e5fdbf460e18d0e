// Which chapters the reader wants to see.
import type { Index } from "../load";
import type { Lang, Status, Topic } from "../types";

export interface Filter {
  text: string;
  statuses: Status[]; // none: all
  lang: Lang | ""; // language of the results
}

export const EVERYTHING: Filter = { text: "", statuses: [], lang: "" };

export function isActive(filter: Filter): boolean {
  return filter.text.trim() !== "" || filter.statuses.length > 0 || filter.lang !== "";
}

/** All words of the search must occur in the chapter's own texts, in either language. */
export function matches(topic: Topic, filter: Filter, index: Index): boolean {
  if (filter.statuses.length > 0 && !filter.statuses.includes(topic.status)) return false;
  const results = topic.tasks.flatMap((key) => index.results.get(key) ?? []);
  if (filter.lang !== "" && !results.some((r) => r.lang === filter.lang)) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const texts = [topic.title, topic.about, topic.reason, ...topic.claims.map((c) => c.text),
                 ...results.flatMap((r) => [r.title, r.description])];
  const all = [topic.id, ...results.map((r) => r.key), ...texts.flatMap((t) => [t.en, t.zh])].join("\n").toLowerCase();
  return words.every((word) => all.includes(word));
}
