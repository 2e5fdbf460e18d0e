import assert from "node:assert/strict";
import { test } from "node:test";
import { anchor, groupByTask, indexReport, parseDocument, splitReference } from "../src/load";
import { axisFor } from "../src/parts/axis";
import { curveOf, isCurvePoint } from "../src/parts/curve";
import { EVERYTHING, matches } from "../src/parts/filter";
import { sampleReport } from "../src/sample";
import { WORDS } from "../src/words";
import type { Estimate, Figure, TaskResult } from "../src/types";

test("the page as built is empty; anything that is no report says why", () => {
  assert.equal(parseDocument("__SOME_MARKER__").kind, "empty");
  assert.equal(parseDocument("").kind, "empty");
  assert.equal(parseDocument("{").kind, "unreadable");
  assert.equal(parseDocument("null").kind, "unreadable");
  const other = parseDocument('{"schema":"assay.report/2"}');
  assert.ok(other.kind === "unreadable" && other.why.includes("assay.report/2"));
});

test("a document with a part missing names the part", () => {
  const { methods: _, ...rest } = sampleReport();
  const loaded = parseDocument(JSON.stringify(rest));
  assert.ok(loaded.kind === "unreadable" && loaded.why.includes('"methods"'));
});

test("a seed of 64 bits keeps its digits", () => {
  const text = JSON.stringify(sampleReport()).replace('"seed":20261124', '"seed":18446744073709551615');
  const loaded = parseDocument(text);
  assert.ok(loaded.kind === "report");
  assert.equal(loaded.seed, "18446744073709551615");
});

test("references are split at the second slash; ids may hold more", () => {
  assert.deepEqual(splitReference("facts/en/a/b"), { key: "facts/en", id: "a/b" });
  assert.equal(anchor("figure", "facts/en", 'a b"<'), "figure-facts-en-a-b-");
});

test("every reference of the sample that should resolve does", () => {
  const report = sampleReport();
  const index = indexReport(report);
  for (const reference of report.summary.key_figures) assert.ok(index.figure(reference), reference);
  for (const claim of report.summary.claims) {
    for (const reference of claim.figures) assert.ok(index.figure(reference), reference);
  }
  assert.equal(index.homeless.length, 0);
  assert.equal(index.number.get("capability.knowledge"), "1.1");
});

test("the languages of one task come together, unknown keys are passed over", () => {
  const index = indexReport(sampleReport());
  const groups = groupByTask(["facts/en", "arithmetic/en", "no/such", "facts/zh"], index);
  assert.deepEqual(groups.map((g) => g.map((r) => r.key)), [["facts/en", "facts/zh"], ["arithmetic/en"]]);
});

test("the filter looks into both languages, and keeps all by default", () => {
  const report = sampleReport();
  const index = indexReport(report);
  const found = (filter: Partial<typeof EVERYTHING>) =>
    report.topics.filter((t) => matches(t, { ...EVERYTHING, ...filter }, index)).map((t) => t.id);
  assert.equal(found({}).length, report.topics.length);
  assert.deepEqual(found({ text: "偏见" }), ["malfunction.bias"]);
  assert.deepEqual(found({ text: "STEREOTYPES pairs" }), ["malfunction.bias"]);
  assert.deepEqual(found({ statuses: ["partly"] }), ["capability.reasoning"]);
  assert.deepEqual(found({ lang: "zh" }), ["capability.knowledge", "capability.reasoning"]);
});

test("axes hold every value, bound, chance and ceiling", () => {
  const e = (value: number | null, low: number | null, high: number | null, unit: string): Estimate => ({
    value, interval: { low, high }, level: 0.95, sides: "two", method: "none", unit, n: 1, clusters: 1, unassessed: 0,
  });
  const cases = [
    [e(917, 881, 944, "tokens/s")], [e(-3, -5, -1, "nat")], [e(0, 0, 0, "nat")], [e(7, 7, 7, "nat")],
    [e(-2, -2, -2, "nat")], [e(1e9, 2e8, 3e9, "FLOP")], [e(0.001, null, 0.002, "J")], [e(null, 0, 1, "J")],
    [e(0.3, -0.1, 0.9, "difference of proportions")], [e(-0.001, -0.002, 0, "difference of proportions")],
  ];
  for (const estimates of cases) {
    const axis = axisFor(estimates[0]!.unit, estimates);
    const values = estimates.flatMap((x) => x.value === null ? [] : [x.value, x.interval.low, x.interval.high]).filter((x) => x !== null);
    assert.ok(axis.low < axis.high, JSON.stringify(estimates));
    for (const x of values) assert.ok(x >= axis.low - 1e-12 && x <= axis.high + 1e-12, `${x} in ${axis.low}..${axis.high}`);
    assert.ok(axis.ticks.length >= 2 && axis.ticks.length <= 7, String(axis.ticks));
    assert.equal(new Set(axis.ticks.map(axis.format)).size, axis.ticks.length, axis.ticks.map(axis.format).join());
  }
});

test("every word of the page is there in both languages", () => {
  for (const [name, text] of Object.entries(WORDS)) {
    assert.ok(text.en.trim() !== "" && text.zh.trim() !== "", name);
    assert.doesNotMatch(text.en, /[\u4e00-\u9fff]/, name);
  }
});

test("the curve of an attack is its figures by cost, the limit last", () => {
  const estimate = (value: number | null): Estimate => ({
    value, interval: { low: 0.1, high: null }, level: 0.95, sides: "two", method: "m", unit: "proportion", n: 4, clusters: 4, unassessed: 0,
  });
  const figure = (id: string, en: string, value: number | null): Figure => ({
    id, label: { en, zh: en }, estimate: estimate(value), direction: "lower_better", lang: "en", group: "", primary: false, note: { en: "", zh: "" },
  });
  const figures = [
    figure("broken.en", "Broken with at most 50 queries", 0.75),
    figure("broken_10.en", "Broken with at most 10 queries", 0.5),
    figure("broken_1.en", "Broken with at most 1 query", 0.25),
    figure("broken_20.en", "Broken with at most 20 queries", null),
    figure("broken.secret.en", "Broken with at most 50 queries: secret", 1),
    figure("mean_queries.en", "Mean queries to break, giving up at 50", 12),
  ];
  const curve = curveOf({ task: "attack_direct", figures } as unknown as TaskResult);
  assert.ok(curve);
  assert.deepEqual(curve.points, [
    { cost: 1, share: 0.25, low: 0.1, high: 1 }, { cost: 10, share: 0.5, low: 0.1, high: 1 }, { cost: 50, share: 0.75, low: 0.1, high: 1 },
  ]);
  assert.equal(curve.last.id, "broken.en");
  assert.deepEqual(figures.filter(isCurvePoint).map((f) => f.id), ["broken_10.en", "broken_1.en", "broken_20.en"]);
  assert.equal(curveOf({ task: "attack_direct", figures: [] } as unknown as TaskResult), null);
});
