// Numbers and sentences of the report in both languages. Pure functions; the unit tests are in
// test/format.test.ts. An estimate never leaves here without its interval, except `valueText`,
// which is only used beside `intervalText`.
import type { Estimate, Lang } from "./types";

export const NO_FIGURE: Record<Lang, string> = { en: "no figure", zh: "没有数值" };

/** Units that are shown as percent on the common axis from 0 to 1. */
export function isShare(unit: string): boolean {
  return unit === "proportion" || unit === "share of variance";
}

export function isDifference(unit: string): boolean {
  return unit === "difference of proportions";
}

type Pair = { en: string; zh: string };

/** What stands after a number of this unit. */
const UNITS: Record<string, Pair> = {
  nat: { en: "nats", zh: "奈特" },
  bit: { en: "bits", zh: "比特" },
  J: { en: "J", zh: "焦耳" },
  s: { en: "s", zh: "秒" },
  W: { en: "W", zh: "瓦" },
  tokens: { en: "tokens", zh: "词元" },
  queries: { en: "queries", zh: "次提问" },
  FLOP: { en: "FLOP", zh: "次运算" },
  "tokens/s": { en: "tokens/s", zh: "词元/秒" },
  "tokens/J": { en: "tokens/J", zh: "词元/焦耳" },
  "J/token": { en: "J per token", zh: "焦耳/词元" },
  "items/s": { en: "items/s", zh: "题/秒" },
  kinds: { en: "kinds", zh: "种" },
  words: { en: "words", zh: "词" },
  items: { en: "items", zh: "题" },
};

/** Units that name the measure: they stand at the axis, not after a number. */
const MEASURES: Record<string, Pair> = {
  "1": { en: "", zh: "" },
  "agreement coefficient": { en: "agreement coefficient", zh: "一致性系数" },
  correlation: { en: "correlation", zh: "相关系数" },
  "Brier score": { en: "Brier score", zh: "Brier 分数" },
  "expected calibration error": { en: "expected calibration error", zh: "期望校准误差" },
  "corrected proportion": { en: "proportion, corrected for guessing", zh: "比例（已校正随机猜测）" },
  ratio: { en: "ratio", zh: "比值" },
  money: { en: "units of money", zh: "货币单位" },
};

export function unitText(unit: string, lang: Lang): string {
  return (UNITS[unit] ?? MEASURES[unit])?.[lang] ?? unit;
}

const MINUS = "−";

/** `decimals` digits after the point, grouped by thousands, with a real minus sign. */
export function fixed(x: number, decimals: number): string {
  const text = Math.abs(x).toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return x < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** Decimals such that the last digit's step is at most a quarter of the interval's width. */
function decimalsFor(width: number): number {
  return -Math.floor(Math.log10(width / 4) + 1e-9);
}

function significantDecimals(x: number, digits: number): number {
  return x === 0 || !Number.isFinite(x) ? 0 : digits - 1 - Math.floor(Math.log10(Math.abs(x)) + 1e-12);
}

function scaleOf(e: Estimate): number {
  return isShare(e.unit) || isDifference(e.unit) ? 100 : 1;
}

/** Digits of an estimate, as src/report/format_number.cpp chooses them for its sentences. */
function decimalsOf(e: Estimate): number {
  const scale = scaleOf(e);
  const width = ((e.interval.high ?? NaN) - (e.interval.low ?? NaN)) * scale;
  const decimals = Number.isFinite(width) && width > 0
    ? decimalsFor(width)
    : significantDecimals((e.value ?? 0) * scale, e.modelled ? 2 : 3);
  return scale === 100 ? Math.min(MAX_PERCENT_DECIMALS, Math.max(0, decimals)) : Math.min(8, decimals);
}

const MAX_PERCENT_DECIMALS = 4;

/** A share that is not 0 or 1 is never shown as 0% or 100%. */
function percent(x: number, decimals: number): string {
  if (x === 0 || x === 1) return x === 0 ? "0%" : "100%";
  const last = Math.min(decimals + 1, MAX_PERCENT_DECIMALS);
  for (let d = decimals; d <= last; d += 1) {
    const text = fixed(100 * x, d);
    if (text !== fixed(0, d) && text !== fixed(100, d)) return `${text}%`;
  }
  const step = 10 ** -last;
  return x < 0.5 ? `<${fixed(step, last)}%` : `>${fixed(100 - step, last)}%`;
}

/** A bound: two digits of its distance from 0 or 1. */
function percentBound(x: number): string {
  const shown = Math.min(x, 1 - x) * 100;
  const decimals = Math.max(0, Math.min(significantDecimals(shown, 2), MAX_PERCENT_DECIMALS));
  return percent(x, x > 0.1 && x < 0.9 ? 0 : decimals);
}

/** To a number of decimals; a negative number of them rounds to tens, hundreds, ... */
function rounded(x: number, decimals: number): string {
  if (Math.abs(x) >= 1e15 || (x !== 0 && Math.abs(x) < 1e-6)) return x.toExponential(2);
  if (decimals >= 0) return fixed(x, decimals);
  const step = 10 ** -decimals;
  return fixed(Math.round(x / step) * step, 0);
}

function signed(x: number, e: Estimate): string {
  const text = fixed(100 * x, decimalsOf(e));
  return x > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A number on the scale of `e` ("41.2%", "+3.1 percentage points", "12.4"), without its unit's name. */
export function onScale(x: number, e: Estimate, lang: Lang): string {
  if (isShare(e.unit)) return percent(x, decimalsOf(e));
  if (isDifference(e.unit)) return signed(x, e) + (lang === "zh" ? " 个百分点" : " percentage points");
  return rounded(x, decimalsOf(e));
}

/** The smallest difference that could be seen is a difference also where the figure is a share. */
export function detectableText(x: number, e: Estimate, lang: Lang): string {
  if (!isShare(e.unit) && !isDifference(e.unit)) return onScale(x, e, lang);
  return fixed(100 * x, Math.max(1, decimalsOf(e))) + (lang === "zh" ? " 个百分点" : " percentage points");
}

function withUnit(text: string, e: Estimate, lang: Lang): string {
  if (isShare(e.unit) || isDifference(e.unit) || e.unit === "" || e.unit in MEASURES) return text;
  return `${text} ${unitText(e.unit, lang)}`;
}

/** A claimed bound, with its own digits where it is a share. */
function bound(x: number, e: Estimate, lang: Lang): string {
  return isShare(e.unit) ? percentBound(x) : withUnit(onScale(x, e, lang), e, lang);
}

export function isKnown(e: Estimate): e is Estimate & { value: number } {
  return e.value !== null;
}

export function valueText(e: Estimate, lang: Lang): string {
  if (!isKnown(e)) return NO_FIGURE[lang];
  return withUnit(onScale(e.value, e, lang), e, lang);
}

export function levelText(e: Estimate): string {
  return fixed(e.level * 100, Number.isInteger(Math.round(e.level * 1e6) / 1e4) ? 0 : 1) + "%";
}

/** A range, from low to high; a missing bound is named. */
export function rangeText(low: number | null, high: number | null, e: Estimate, lang: Lang): string {
  const zh = lang === "zh";
  const show = (x: number) => onScale(x, e, lang);
  if (low === null && high === null) return zh ? "无界" : "unbounded";
  if (low === null) return zh ? `下无界，至 ${show(high as number)}` : `no lower bound, to ${show(high as number)}`;
  if (high === null) return zh ? `自 ${show(low)} 起，上无界` : `from ${show(low)}, no upper bound`;
  const from = isDifference(e.unit) ? signed(low, e) : show(low); // "percentage points" is said once
  return zh ? `${from} 至 ${show(high)}` : `${from} to ${show(high)}`;
}

/** "95% interval 34.1% to 48.2%", "at most 0.99% (95% one-sided)", ... */
export function intervalText(e: Estimate, lang: Lang): string {
  const zh = lang === "zh";
  const level = levelText(e);
  if (!isKnown(e)) return zh ? "无区间" : "no interval";
  const { low, high } = e.interval;
  if (e.sides === "upper" && high !== null) {
    const most = bound(high, e, lang);
    return zh ? `至多 ${most}（置信水平 ${level}）` : `at most ${most} (with ${level} confidence)`;
  }
  if (e.sides === "lower" && low !== null) {
    const least = bound(low, e, lang);
    return zh ? `至少 ${least}（置信水平 ${level}）` : `at least ${least} (with ${level} confidence)`;
  }
  const range = rangeText(low, high, e, lang);
  return zh ? `${level} 置信区间 ${range}` : `${level} interval ${range}`;
}

/** "n = 200, 50 independent items, 3 unassessed". */
export function countsText(e: Estimate, lang: Lang): string {
  const zh = lang === "zh";
  const parts = [`n = ${fixed(e.n, 0)}`];
  if (e.clusters !== e.n) parts.push(zh ? `${fixed(e.clusters, 0)} 个独立题目` : `${fixed(e.clusters, 0)} independent items`);
  parts.push(zh ? `无法评定 ${fixed(e.unassessed, 0)}` : `${fixed(e.unassessed, 0)} unassessed`);
  return parts.join(zh ? "，" : ", ");
}

/** Why an estimate has no value. */
export function reasonText(e: Estimate, lang: Lang): string {
  const reasons = (e.assumptions ?? []).map((a) => assumptionText(a, lang));
  if (reasons.length > 0) return reasons.join(lang === "zh" ? "；" : "; ");
  return lang === "zh" ? "没有一次回答可以评定" : "no assessed observations";
}

/** One sentence that says all that a drawn figure shows; the text equivalent of the drawing. */
export function sentence(label: string, e: Estimate, lang: Lang): string {
  const zh = lang === "zh";
  const colon = zh ? "：" : ": ";
  if (!isKnown(e)) return `${label}${colon}${NO_FIGURE[lang]} (${reasonText(e, lang)})`;
  const parts = [`${label}${colon}${valueText(e, lang)}`, intervalText(e, lang), countsText(e, lang)];
  const comma = zh ? "，" : ", ";
  if (e.worst_case && e.unassessed > 0) {
    const range = rangeText(e.worst_case.low, e.worst_case.high, e, lang);
    parts.push(zh ? `最坏情形 ${range}` : `worst case ${range}`);
  }
  if (e.chance !== undefined) parts.push((zh ? "随机水平 " : "chance ") + onScale(e.chance, e, lang));
  if (e.ceiling !== undefined) parts.push((zh ? "可达上限 " : "ceiling ") + onScale(e.ceiling, e, lang));
  if (e.modelled) parts.push(zh ? "估算值，非实测" : "modelled, not measured");
  return parts.join(comma);
}

/** Assumptions and reasons that src/stats gives, as src/report/reasons.cpp words them. */
const ASSUMPTIONS: Record<string, Pair> = {
  "clusters are independent draws from the population of such items": { en: "items are independent draws from the population of such items", zh: "各题目是从同类题目总体中独立抽取的" },
  "items are independent draws from the population of such items": { en: "items are independent draws from the population of such items", zh: "各题目是从同类题目总体中独立抽取的" },
  "pairs are independent draws from the population of such items": { en: "pairs are independent draws from the population of such items", zh: "各配对是从同类题目总体中独立抽取的" },
  "items are independent draws; the contexts (wordings, personas, ...) are those that were used": { en: "items are independent draws; wordings, personas and the like are those that were used", zh: "题目独立抽取；措辞、身份等情境仅限于所用的几种" },
  "items are independent draws; the raters are those at hand": { en: "items are independent draws; the raters are those at hand", zh: "题目独立抽取；评分者仅限于现有的几位" },
  "cluster means are not far from normal for their number": { en: "means of items are close enough to a normal distribution for their number", zh: "就题目数量而言，各题目均值足够接近正态分布" },
  "many clusters": { en: "there are many independent items", zh: "独立题目足够多" },
  "values are skewed but have a variance": { en: "values are skewed but have a variance", zh: "数值偏斜但方差有限" },
  "too few clusters for values this skewed: the interval is too short": { en: "too few items for values this skewed: the interval is too short", zh: "数值如此偏斜而题目太少：区间偏窄" },
  "no bound without a smallest and largest possible value": { en: "no bound without a smallest and largest possible value", zh: "不知可能的最小值与最大值，故无法给出界限" },
  "one cluster": { en: "one independent item only", zh: "只有一个独立题目" },
  "needs a support": { en: "the possible range is not known", zh: "可能的取值范围未知" },
  "impossible level": { en: "impossible confidence level", zh: "置信水平无效" },
  "impossible counts or level": { en: "impossible counts or level", zh: "计数或置信水平无效" },
  "impossible count of unassessed observations": { en: "impossible count of unassessed observations", zh: "未评定次数无效" },
  "a value is not a finite number": { en: "a value is not a finite number", zh: "出现非有限数值" },
  "a value lies outside its support": { en: "a value lies outside its possible range", zh: "数值超出可能范围" },
  "no assessed observations": { en: "no answer could be assessed", zh: "没有一次回答可以评定" },
  "no observations": { en: "no observations", zh: "没有观测" },
  "no item has two ratings": { en: "no item has two ratings", zh: "没有题目获得两次评分" },
  "all ratings are the same value": { en: "all ratings are the same", zh: "所有评分相同" },
  "fewer than two raters": { en: "fewer than two raters", zh: "评分者不足两位" },
  "the scores do not vary": { en: "the scores do not vary", zh: "得分没有变化" },
  "no assessed observations, or a judge measured on one kind only": { en: "no assessed observations, or a judge measured on one kind only", zh: "没有可评定的观测，或评判器只在一类样本上测过" },
  "the judge is no better than chance": { en: "the judge is no better than chance", zh: "评判器不优于随机猜测" },
  "the judge errs on these items as on the labelled ones": { en: "the judge errs on these items as on the labelled ones", zh: "评判器在这些题目上的误差与在标注数据上相同" },
  "observations are independent draws from one distribution": { en: "observations are independent draws from one distribution", zh: "各观测独立抽自同一分布" },
  "a lower bound: kinds too rare to be met even once are not counted": { en: "a lower bound: kinds too rare to be met even once are not counted", zh: "这是下界：罕见到一次也未遇到的种类未计入" },
  "independent items": { en: "items are independent", zh: "各题目相互独立" },
  "items are independent": { en: "items are independent", zh: "各题目相互独立" },
  "who does not know an answer guesses evenly among the choices": { en: "who does not know an answer guesses evenly among the choices", zh: "不知道答案者在各选项间均匀猜测" },
  "the two groups are independent, and so are the items in each": { en: "the two groups are independent, and so are the items in each", zh: "两组相互独立，组内题目也相互独立" },
  "clusters are independent draws; bins of equal width": { en: "items are independent draws; bins of equal width", zh: "题目独立抽取；分箱等宽" },
  "observations have one mean given those before them; may be looked at and stopped at any time": { en: "observations have one mean given those before them; may be looked at and stopped at any time", zh: "在已有观测的条件下各观测均值相同；可随时查看、随时停止" },
  "the labelled outputs are a random part of all outputs": { en: "the labelled outputs are a random part of all outputs", zh: "标注的输出是全部输出中的随机部分" },
  "things are independent draws": { en: "things are independent draws", zh: "各对象独立抽取" },
};

/** What must hold for an interval to hold, or why there is no figure. */
export function assumptionText(text: string, lang: Lang): string {
  return ASSUMPTIONS[text.trim().toLowerCase()]?.[lang] ?? text;
}

const SI: [number, string][] = [
  [1e18, "E"],
  [1e15, "P"],
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
];

/** A large count as people of the language say it: "135 M", "1.35 亿". */
export function largeCount(x: number, lang: Lang): string {
  if (lang === "en") return si(x);
  return x >= 1e8 ? `${significant(x / 1e8)} 亿` : x >= 1e4 ? `${significant(x / 1e4)} 万` : fixed(x, 0);
}

/** Three significant digits with an SI prefix: 1.35e8 -> "135 M". */
export function si(x: number, unit = ""): string {
  for (const [factor, prefix] of SI) {
    if (Math.abs(x) >= factor * 0.9995) return `${significant(x / factor)} ${prefix}${unit}`;
  }
  return unit === "" ? significant(x) : `${significant(x)} ${unit}`;
}

export function significant(x: number, digits = 3): string {
  if (x === 0) return "0";
  const rounded = Math.abs(Number(x.toPrecision(digits))); // 999.9 has four digits before the point
  const whole = Math.floor(Math.log10(rounded) + 1e-12) + 1;
  return fixed(x, Math.max(0, digits - whole));
}

export function bytes(x: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let i = 0;
  while (x >= 1024 && i < units.length - 1) {
    x /= 1024;
    i += 1;
  }
  return `${i === 0 ? fixed(x, 0) : significant(x)} ${units[i] ?? ""}`;
}

/** Seconds as a person says them. */
export function duration(seconds: number, lang: Lang): string {
  const zh = lang === "zh";
  if (seconds < 60) return `${significant(seconds)} ${zh ? "秒" : "s"}`;
  const s = Math.round(seconds);
  const [h, m, rest] = [Math.floor(s / 3600), Math.floor((s % 3600) / 60), s % 60];
  const unit = zh ? [" 小时", " 分", " 秒"] : [" h", " min", " s"];
  const [large, small] = h > 0 ? [h + unit[0]!, m + unit[1]!] : [m + unit[1]!, rest + unit[2]!];
  if ((h > 0 ? m : rest) !== 0) return `${large} ${small}`;
  return zh && h === 0 ? `${large}钟` : large; // "3 分" alone would be 3 points
}

/** "2026-11-24T14:50:00Z" as a date with time in UTC; other texts stay as they are. */
export function date(iso: string, lang: Lang): string {
  const at = new Date(iso);
  if (iso === "" || Number.isNaN(at.getTime())) return iso;
  return (
    at.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB", {
      timeZone: "UTC",
      year: "numeric",
      month: "long",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    }) + " UTC"
  );
}
