import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assumptionText, bytes, countsText, date, duration, fixed, intervalText, largeCount, rangeText,
  sentence, si, valueText,
} from "../src/format";
import type { Estimate } from "../src/types";

function estimate(more: Partial<Estimate>): Estimate {
  return {
    value: 0.41, interval: { low: 0.3412, high: 0.4823 }, level: 0.95, sides: "two", method: "wilson",
    unit: "proportion", n: 200, clusters: 200, unassessed: 0, ...more,
  };
}

test("a proportion is a percentage with its interval", () => {
  const e = estimate({});
  assert.equal(valueText(e, "en"), "41%");
  assert.equal(intervalText(e, "en"), "95% interval 34% to 48%");
  assert.equal(intervalText(e, "zh"), "95% 置信区间 34% 至 48%");
});

test("a one-sided bound near zero keeps its digits", () => {
  const e = estimate({ value: 0, interval: { low: 0, high: 1 - 0.05 ** (1 / 300) }, sides: "upper", n: 300, clusters: 300 });
  assert.equal(valueText(e, "en"), "0%");
  assert.equal(intervalText(e, "en"), "at most 0.99% (with 95% confidence)");
  assert.equal(intervalText(e, "zh"), "至多 0.99%（置信水平 95%）");
});

test("a difference says its sign, and its unit once", () => {
  const e = estimate({ value: 0.031, interval: { low: -0.02, high: 0.082 }, unit: "difference of proportions" });
  assert.equal(valueText(e, "en"), "+3 percentage points");
  assert.equal(intervalText(e, "en"), "95% interval −2 to +8 percentage points");
  assert.equal(valueText(e, "zh"), "+3 个百分点");
});

test("other units: digits from the width of the interval, and the name of the unit", () => {
  const e = estimate({ value: 917.34, interval: { low: 881, high: 944 }, unit: "tokens/s" });
  assert.equal(valueText(e, "en"), "920 tokens/s");
  assert.equal(valueText(e, "zh"), "920 词元/秒");
  const tiny = estimate({ value: 0.0512, interval: { low: 0.0378, high: 0.0701 }, unit: "J/token" });
  assert.equal(intervalText(tiny, "en"), "95% interval 0.038 to 0.070");
});

test("no value: no figure, and the reason, never a number", () => {
  const e = estimate({ value: null, interval: { low: 0, high: 1 }, method: "none", assumptions: ["no assessed observations"] });
  assert.equal(valueText(e, "en"), "no figure");
  assert.equal(intervalText(e, "en"), "no interval");
  assert.match(sentence("Right", e, "zh"), /没有数值.*没有一次回答可以评定/);
  assert.doesNotMatch(sentence("Right", e, "en"), /\d/);
});

test("missing bounds are named", () => {
  const e = estimate({ value: 14.2, interval: { low: 4.1, high: null }, unit: "nat" });
  assert.equal(rangeText(null, null, e, "en"), "unbounded");
  assert.equal(rangeText(4.1, null, e, "en"), "from 4.1, no upper bound");
  assert.equal(rangeText(null, 14.2, e, "zh"), "下无界，至 14.2");
});

test("an interval without width does not break", () => {
  const e = estimate({ value: 3, interval: { low: 3, high: 3 }, unit: "kinds" });
  assert.equal(valueText(e, "en"), "3.00 kinds");
});

test("counts name clusters only where they differ", () => {
  assert.equal(countsText(estimate({ n: 1200, clusters: 1200 }), "en"), "n = 1,200, 0 unassessed");
  assert.equal(countsText(estimate({ clusters: 50, unassessed: 3 }), "en"), "n = 200, 50 independent items, 3 unassessed");
});

test("the sentence of a drawing says all that it shows", () => {
  const e = estimate({ unassessed: 20, worst_case: { low: 0.37, high: 0.46 }, chance: 0.25, ceiling: 1, modelled: true });
  const text = sentence("Right", e, "en");
  for (const part of ["41%", "34% to 48%", "20 unassessed", "worst case 37% to 46%", "chance 25%", "ceiling 100%", "modelled"]) {
    assert.ok(text.includes(part), `${part} in: ${text}`);
  }
});

test("the digits are those of the report's sentences", () => {
  // src/report/format_number.cpp: a step of at most a quarter of the interval's width
  assert.equal(valueText(estimate({ value: 0.4567, interval: { low: 0.4212, high: 0.4411 } }), "en"), "45.7%");
  assert.equal(valueText(estimate({ value: 0.9999, interval: { low: 0.2, high: 1 } }), "en"), ">99.9%");
  assert.equal(intervalText(estimate({ value: 0.3, interval: { low: 0.2312, high: 1 }, sides: "lower" }), "en"), "at least 23% (with 95% confidence)");
  assert.equal(valueText(estimate({ value: 12345, interval: { low: 11000, high: 14000 }, unit: "J" }), "en"), "12,300 J");
});

test("numbers", () => {
  assert.equal(fixed(-0.0001, 2), "0.00");
  assert.equal(fixed(-12345.678, 1), "−12,345.7");
  assert.equal(si(134515008), "135 M");
  assert.equal(si(0, "J"), "0 J");
  assert.equal(si(999.9, "J"), "1.00 kJ");
  assert.equal(largeCount(134515008, "zh"), "1.35 亿");
  assert.equal(bytes(98300000), "93.7 MiB");
  assert.equal(duration(59.96, "en"), "60.0 s");
  assert.equal(duration(99.2, "zh"), "1 分 39 秒");
  assert.equal(duration(7325, "en"), "2 h 2 min");
  assert.equal(duration(300, "en"), "5 min");
  assert.equal(duration(300, "zh"), "5 分钟");
  assert.equal(duration(7200, "zh"), "2 小时");
});

test("dates are in UTC; a text that is none stays", () => {
  assert.match(date("2026-11-24T14:55:42Z", "en"), /^24 November 2026\D+14:55 UTC$/);
  assert.match(date("2026-11-24T14:55:42Z", "zh"), /^2026年11月24日.*14:55 UTC$/);
  assert.equal(date("yesterday", "en"), "yesterday");
});

test("unknown assumptions are shown as they are", () => {
  assert.equal(assumptionText("some new assumption", "zh"), "some new assumption");
});
