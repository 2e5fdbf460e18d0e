// Numbers and sentences of the report in both languages. Pure functions; the unit tests are in
// test/format.test.ts. An estimate never leaves here without its interval, except `valueText`,
// which is only used beside `intervalText`.
import type { Estimate, Lang } from "./types";

export const NO_FIGURE: Record<Lang, string> = { en: "no figure", zh: "无数值" };

/** Units that are shown as percent on the common axis from 0 to 1. */
export function isShare(unit: string): boolean {
  return unit === "proportion" || unit === "share of variance";
}

export function isDifference(unit: string): boolean {
  return unit === "difference of proportions";
}

const UNIT_ZH: Record<string, string> = {
  nat: "奈特",
  "tokens/s": "词元/秒",
  "tokens/J": "词元/焦",
  "J/token": "焦/词元",
  J: "焦",
  s: "秒",
  tokens: "词元",
  kinds: "种",
  "Brier score": "Brier 分数",
  "agreement coefficient": "一致性系数",
  correlation: "相关系数",
  "expected calibration error": "期望校准误差",
};

/** Units that name the measure and do not follow a number. */
const NAMED = new Set(["Brier score", "agreement coefficient", "correlation", "expected calibration error"]);

export function unitText(unit: string, lang: Lang): string {
  return lang === "zh" ? (UNIT_ZH[unit] ?? unit) : unit;
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

/** Decimals so that a width shows this many significant digits. */
function decimalsFor(width: number, digits: number): number {
  const least = digits === 2 ? 1 : 0; // percentages keep one
  if (!Number.isFinite(width) || width <= 0) return 2;
  return Math.min(6, Math.max(least, digits - 1 - Math.floor(Math.log10(width))));
}

function scaleOf(e: Estimate): number {
  return isShare(e.unit) || isDifference(e.unit) ? 100 : 1;
}

function width(e: Estimate): number {
  const { low, high } = e.interval;
  if (low !== null && high !== null) return (high - low) * scaleOf(e);
  const end = low ?? high;
  if (end === null || e.value === null) return NaN;
  return Math.abs(e.value - end) * scaleOf(e);
}

/** A number on the scale of `e` ("41.2%", "+3.1 points", "12.4"), without its unit's name. */
export function onScale(x: number, e: Estimate, lang: Lang): string {
  const text = bare(x, e);
  if (isShare(e.unit)) return `${text}%`;
  if (isDifference(e.unit)) return lang === "zh" ? `${text} 个百分点` : `${text} points`;
  return text;
}

function bare(x: number, e: Estimate): string {
  const share = isShare(e.unit);
  const difference = isDifference(e.unit);
  if (share && (x === 0 || x === 1)) return x === 0 ? "0" : "100";
  const text = fixed(x * scaleOf(e), decimalsFor(width(e), share || difference ? 2 : 3));
  return difference && x > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function withUnit(text: string, e: Estimate, lang: Lang): string {
  if (isShare(e.unit) || isDifference(e.unit) || e.unit === "" || NAMED.has(e.unit)) return text;
  return `${text} ${unitText(e.unit, lang)}`;
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
  const from = isDifference(e.unit) ? bare(low, e) : show(low); // "points" is said once
  return zh ? `${from} 至 ${show(high)}` : `${from} to ${show(high)}`;
}

/** "95% interval 34.1% to 48.2%", "at most 0.99% (95% one-sided)", ... */
export function intervalText(e: Estimate, lang: Lang): string {
  const zh = lang === "zh";
  const level = levelText(e);
  if (!isKnown(e)) return zh ? "无区间" : "no interval";
  const { low, high } = e.interval;
  if (e.sides === "upper" && high !== null) {
    const bound = onScale(high, e, lang);
    return zh ? `至多 ${bound}（${level} 单侧）` : `at most ${bound} (${level} one-sided)`;
  }
  if (e.sides === "lower" && low !== null) {
    const bound = onScale(low, e, lang);
    return zh ? `至少 ${bound}（${level} 单侧）` : `at least ${bound} (${level} one-sided)`;
  }
  const range = rangeText(low, high, e, lang);
  return zh ? `${level} 置信区间 ${range}` : `${level} interval ${range}`;
}

/** "n = 200 in 50 clusters, 3 unassessed". */
export function countsText(e: Estimate, lang: Lang): string {
  const zh = lang === "zh";
  const parts = [`n = ${fixed(e.n, 0)}`];
  if (e.clusters !== e.n) parts.push(zh ? `${fixed(e.clusters, 0)} 个独立组` : `${fixed(e.clusters, 0)} clusters`);
  parts.push(zh ? `未判定 ${fixed(e.unassessed, 0)}` : `${fixed(e.unassessed, 0)} unassessed`);
  return parts.join(zh ? "，" : ", ");
}

/** Why an estimate has no value. */
export function reasonText(e: Estimate, lang: Lang): string {
  const reasons = (e.assumptions ?? []).map((a) => assumptionText(a, lang));
  if (reasons.length > 0) return reasons.join(lang === "zh" ? "；" : "; ");
  return lang === "zh" ? "没有可判定的观测" : "no assessed observations";
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

type Pair = { en: string; zh: string };

const METHODS: Record<string, Pair> = {
  wilson: { en: "Wilson score interval", zh: "Wilson 计分区间" },
  "clopper-pearson": { en: "Clopper–Pearson exact interval", zh: "Clopper–Pearson 精确区间" },
  "clopper-pearson-clusters": {
    en: "Clopper–Pearson exact interval on clusters",
    zh: "按独立组计的 Clopper–Pearson 精确区间",
  },
  "korn-graubard": { en: "Korn–Graubard interval on clusters", zh: "按独立组计的 Korn–Graubard 区间" },
  "cr2-t": { en: "cluster-robust (CR2) t interval", zh: "聚类稳健（CR2）t 区间" },
  "cluster-bca": { en: "cluster bootstrap, BCa", zh: "聚类自助法（BCa）" },
  "cluster-bootstrap-t": { en: "studentised cluster bootstrap", zh: "聚类学生化自助法" },
  "betting-sequence": { en: "hedged betting confidence sequence", zh: "对冲下注置信序列" },
  newcombe: { en: "Newcombe interval of a difference", zh: "Newcombe 差值区间" },
  "mover-exact": { en: "MOVER interval of a difference, from exact intervals", zh: "基于精确区间的 MOVER 差值区间" },
  "mover-clustered": { en: "MOVER interval of a difference, clustered", zh: "聚类 MOVER 差值区间" },
  tango: { en: "Tango score interval of a paired difference", zh: "Tango 配对差值计分区间" },
  "mcnemar-mid-p": { en: "McNemar test, mid-p", zh: "McNemar 检验（mid-p）" },
  "sign-flip": { en: "sign-flip permutation test", zh: "符号翻转置换检验" },
  chao1: { en: "Chao1 lower bound", zh: "Chao1 下界" },
  "good-turing": { en: "Good–Turing estimate", zh: "Good–Turing 估计" },
  "prediction-powered": { en: "prediction-powered inference", zh: "预测增强推断" },
  "prediction-powered-bonferroni": {
    en: "prediction-powered inference, Bonferroni",
    zh: "预测增强推断（Bonferroni）",
  },
  "rogan-gladen-delta": { en: "Rogan–Gladen correction, delta method", zh: "Rogan–Gladen 校正（delta 法）" },
  "rogan-gladen-bootstrap": { en: "Rogan–Gladen correction, bootstrap", zh: "Rogan–Gladen 校正（自助法）" },
  "rogan-gladen-lang-reiczigel": {
    en: "Rogan–Gladen correction, Lang–Reiczigel interval",
    zh: "Rogan–Gladen 校正（Lang–Reiczigel 区间）",
  },
  "variance-components": { en: "variance components", zh: "方差分量" },
  "ece-basic-bootstrap": { en: "calibration error, basic bootstrap", zh: "校准误差（基本自助法）" },
  "spearman-bonett-wright": { en: "Spearman correlation, Bonett–Wright interval", zh: "Spearman 相关（Bonett–Wright 区间）" },
  "gwet-ac1": { en: "Gwet's AC1", zh: "Gwet AC1" },
  "gwet-ac1-exact": { en: "Gwet's AC1, exact", zh: "Gwet AC1（精确）" },
  "cohen-kappa": { en: "Cohen's kappa", zh: "Cohen κ" },
  "cohen-kappa-exact": { en: "Cohen's kappa, exact", zh: "Cohen κ（精确）" },
  "krippendorff-bca": { en: "Krippendorff's alpha, BCa bootstrap", zh: "Krippendorff α（BCa 自助法）" },
  "krippendorff-exact": { en: "Krippendorff's alpha, exact", zh: "Krippendorff α（精确）" },
  none: { en: "none", zh: "无" },
};

export function methodText(method: string, lang: Lang): string {
  return METHODS[method]?.[lang] ?? method;
}

const ASSUMPTIONS_ZH: Record<string, string> = {
  "items are independent draws from the population of such items": "题目是从同类题目中独立抽取的",
  "the two groups are independent, and so are the items in each": "两组相互独立，组内题目也相互独立",
  "pairs are independent draws from the population of such items": "各对题目是从同类题目中独立抽取的",
  "clusters are independent draws from the population of such items": "各独立组是从同类题目中独立抽取的",
  "clusters are independent draws; bins of equal width": "各组独立抽取；分箱等宽",
  "observations are independent draws from one distribution": "观测独立来自同一分布",
  "a lower bound: kinds too rare to be met even once are not counted": "这是下界：罕见到一次都没有出现的种类未计入",
  "observations have one mean given those before them; may be looked at and stopped at any time":
    "在已有观测的条件下，各观测的均值相同；可随时查看、随时停止",
  "the judge errs on these items as on the labelled ones": "评判者在这些题目上的误差与在标注题目上相同",
  "the labelled outputs are a random part of all outputs": "标注的输出是全部输出的随机部分",
  "items are independent draws; wordings are as many as were used": "题目独立抽取；措辞仅限于实际使用的那些",
  "items are independent draws; the raters are those at hand": "题目独立抽取；评分者仅限于实际参与者",
  "things are independent draws": "对象独立抽取",
  "too few clusters for values this skewed: the interval is too short": "数值偏斜而独立组过少：区间偏窄",
  "many clusters": "独立组数量充足",
  "one cluster": "只有一个独立组",
  "needs a support": "需要给出取值范围",
  "no assessed observations": "没有可判定的观测",
  "no observations": "没有观测",
  "a group has no assessed observations": "其中一组没有可判定的观测",
  "impossible counts or level": "计数或置信水平不合理",
  "the scores do not vary": "得分没有变化",
  "the judge is no better than chance": "评判者不优于随机",
};

/** What must hold for an interval to hold, or why there is no figure. */
export function assumptionText(text: string, lang: Lang): string {
  return lang === "zh" ? (ASSUMPTIONS_ZH[text] ?? text) : text;
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
  const parts = h > 0 ? [h + unit[0]!, m + unit[1]!] : [m + unit[1]!, rest + unit[2]!];
  return parts.join(" ");
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
