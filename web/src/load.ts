// Reads the document out of the page, and indexes it. Pure but for `readDocument`.
import type { Example, Figure, Report, TaskResult, Text, Topic } from "./types";

export type Loaded =
  | { kind: "report"; report: Report; seed: string }
  | { kind: "empty" } // the page as built, without a report in it
  | { kind: "unreadable"; why: string };

export function parseDocument(text: string): Loaded {
  if (text.trim() === "" || /^\s*__\w+__\s*$/.test(text)) return { kind: "empty" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: "unreadable", why: String(error) };
  }
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema !== "assay.report/1") {
    return { kind: "unreadable", why: `schema ${JSON.stringify(schema ?? null)}, not "assay.report/1"` };
  }
  const missing = missingPart(value as Record<string, unknown>);
  if (missing) return { kind: "unreadable", why: `the document has no "${missing}"` };
  const report = value as Report;
  return { kind: "report", report, seed: exactSeed(text) ?? String(report.run.seed) };
}

function missingPart(value: Record<string, unknown>): string | undefined {
  const objects = ["title", "run", "model", "machine", "versions", "summary", "ledger"];
  const lists = ["areas", "topics", "results", "methods"];
  return objects.find((name) => typeof value[name] !== "object" || value[name] === null)
    ?? lists.find((name) => !Array.isArray(value[name]));
}

/** The seed as written: it has 64 bits, of which a number keeps 53. */
function exactSeed(text: string): string | undefined {
  return /"run"\s*:\s*\{[^{}]*?"seed"\s*:\s*(\d+)/.exec(text)?.[1];
}

export function readDocument(): Loaded {
  return parseDocument(document.getElementById("assay-report")?.textContent ?? "");
}

/** An id that is legal in HTML and in a fragment without escaping. */
export function anchor(kind: string, ...parts: string[]): string {
  return [kind, ...parts].join("-").replace(/[^\p{L}\p{N}._-]+/gu, "-");
}

/** "task/lang/id" -> key "task/lang" and id. */
export function splitReference(reference: string): { key: string; id: string } {
  const parts = reference.split("/");
  return { key: parts.slice(0, 2).join("/"), id: parts.slice(2).join("/") };
}

export interface Index {
  results: Map<string, TaskResult>;
  /** Chapter that shows a result. */
  home: Map<string, Topic>;
  figure(reference: string): { figure: Figure; result: TaskResult } | undefined;
  example(reference: string): { example: Example; result: TaskResult } | undefined;
  /** Results that no chapter shows. */
  homeless: TaskResult[];
  /** Names of the methods of intervals, as the document explains them. */
  methods: Map<string, Text>;
  /** "2.3" of a topic. */
  number: Map<string, string>;
}

export function indexReport(report: Report): Index {
  const results = new Map(report.results.map((r) => [r.key, r]));
  const home = new Map<string, Topic>();
  const number = new Map<string, string>();
  report.areas.forEach((area, a) => {
    report.topics
      .filter((topic) => topic.area === area.id)
      .forEach((topic, t) => {
        number.set(topic.id, `${a + 1}.${t + 1}`);
        for (const key of topic.tasks) if (!home.has(key)) home.set(key, topic);
      });
  });
  return {
    results,
    home,
    number,
    methods: new Map(report.methods.map((m) => [m.id, m.title])),
    homeless: report.results.filter((r) => !home.has(r.key)),
    figure(reference) {
      const { key, id } = splitReference(reference);
      const result = results.get(key);
      const figure = result?.figures.find((f) => f.id === id);
      return result && figure ? { figure, result } : undefined;
    },
    example(reference) {
      const { key, id } = splitReference(reference);
      const result = results.get(key);
      const example = result?.examples.find((e) => e.sample_id === id);
      return result && example ? { example, result } : undefined;
    },
  };
}

/** The results of a chapter, the languages of one task together, in the chapter's order. */
export function groupByTask(keys: string[], index: Index): TaskResult[][] {
  const groups = new Map<string, TaskResult[]>();
  for (const key of keys) {
    const result = index.results.get(key);
    if (!result) continue;
    const group = groups.get(result.task);
    if (group) group.push(result);
    else groups.set(result.task, [result]);
  }
  return [...groups.values()];
}
