// The safety case and the crosswalk of the invented report (sample.ts): every state and kind once.
import type { CaseNode, Crosswalk, SafetyCase, Status, SupportState, Text, Topic } from "./types";

const none: Text = { en: "", zh: "" };
const t = (en: string, zh: string): Text => ({ en, zh });

function node(id: string, kind: CaseNode["kind"], text: Text, state: SupportState | null, more: Partial<CaseNode> = {}): CaseNode {
  return {
    id, kind, text, state, reason: none, area: "", topic: "", figure: "", weakest: "", supported_by: [], in_context_of: [], ...more,
  };
}

const STATE: Record<Status, SupportState> = {
  measured: "rebutted", partly: "open", not_assessable: "undeveloped", not_measured: "undeveloped",
};
const ORDER: SupportState[] = ["rebutted", "undeveloped", "open", "supported"];

export function sampleCase(topics: Topic[], areas: string[]): SafetyCase {
  const nodes: CaseNode[] = [];
  const goals = topics.map((topic) => {
    const figures = topic.claims.flatMap((claim) => claim.figures);
    const state = topic.area === "systemic" && figures.length > 0 ? "supported" : STATE[topic.status];
    const solutions = figures.map((figure, i) => node(`Sn.${topic.id}.${i + 1}`, "solution",
      t(`Invented figure ${i + 1} with <b>marks</b>: 39.0% (95%: 32.7% to 45.8%)`, `虚构数值 ${i + 1}，含 <b>标记</b>：39.0%（95%：32.7% 至 45.8%）`),
      state, { figure, topic: topic.id, area: topic.area, reason: t("beyond the line (at least 90%)", "超出界线（至少 90%）") }));
    nodes.push(...solutions);
    return node(`G.${topic.id}`, "goal", t(`${topic.title.en}: keeps the line`, `${topic.title.zh}：在界线之内`), state, {
      topic: topic.id, area: topic.area, supported_by: solutions.map((s) => s.id), weakest: solutions[0]?.id ?? "",
      reason: solutions.length > 0 ? t("The weakest figure decides.", "由最弱的数值决定。") : t("Not measured.", "未测量。"),
    });
  });
  const list = areas.map((area) => {
    const own = goals.filter((goal) => goal.area === area);
    const weakest = [...own].sort((a, b) => ORDER.indexOf(a.state ?? "open") - ORDER.indexOf(b.state ?? "open"))[0];
    const counts = Object.fromEntries(ORDER.map((state) => [state, own.filter((goal) => goal.state === state).length]));
    nodes.push(node(`S.${area}`, "strategy", t(`Argue over ${area}`, `就 ${area} 论证`), weakest?.state ?? "undeveloped",
      { area, supported_by: own.map((goal) => goal.id), weakest: weakest?.id ?? "" }));
    return { area, strategy: `S.${area}`, state: weakest?.state ?? ("undeveloped" as const), weakest: weakest?.id ?? "", counts,
      text: weakest ? t(`${weakest.text.en} – ${weakest.reason.en}`, `${weakest.text.zh}——${weakest.reason.zh}`) : none };
  });
  nodes.push(...goals);
  return {
    root: "G0", areas: list,
    text: t("The evidence of this run does not carry the top goal.", "本次运行的证据不足以支持顶层目标。"),
    nodes: [
      node("G0", "goal", t("What was tried stays on the right side of the lines", "所测内容在界线正确的一侧"), "rebutted",
        { supported_by: list.map((area) => area.strategy), in_context_of: ["C.model", "J.line", "A.requests"] }),
      node("C.model", "context", t("The invented model", "虚构模型"), null),
      node("J.line", "justification", t("One in ten is a convention", "十分之一只是惯例"), null),
      node("A.requests", "assumption", t("Requests are like those that were tried", "请求与所测相似"), null),
      ...nodes,
    ],
  };
}

export function sampleCrosswalk(): Crosswalk {
  const reason = t("Invented reason.", "虚构理由。");
  return {
    note: t("Which figures speak to which clause; never whether it is met.", "哪些数值与哪项条款有关，不表示条款得到满足。"),
    standards: [{
      id: "invented", title: t("Invented Standard 1.0", "虚构标准 1.0"), version: "1.0", date: "2026-01-01", source: "https://standard.example/1",
      checked: { date: "2026-11-01", against: "an invented copy", note: t("All numbers are invented.", "编号均为虚构。") },
      counts: { measured: 1, partly: 1, not_assessable: 1, not_measured: 1 },
      clauses: [
        { id: "1.1", title: t("Documentation", "文档"), status: "measured", gap: null, links: [
          { kind: "part", names: ["methods"], strength: "direct", reason, status: "measured", figures: [] }] },
        { id: "1.2", title: t("Facts & <i>figures</i>", "事实与 <i>数值</i>"), status: "partly", gap: t("Much is missing.", "缺少很多。"), links: [
          { kind: "topic", names: ["capability.knowledge"], strength: "partial", reason, status: "measured", figures: ["facts/en/accuracy"] },
          { kind: "tasks", names: ["facts", "not_run"], strength: "context", reason, status: "partly", figures: ["facts/en/accuracy"] }] },
        { id: "1.3", title: t("Dialogue", "对话"), status: "not_assessable", gap: null, links: [
          { kind: "topic", names: ["capability.dialogue"], strength: "direct", reason, status: "not_assessable", figures: [] }] },
        { id: "1.4", title: t("Policies", "制度"), status: "not_measured", gap: t("No measurement says anything on it.", "测量无从说明。"), links: [] },
      ],
    }],
  };
}
