// The safety case as a drawing: top goal, areas, topics; colour and sign say the support. The lists
// below it say the same in words.
import { T, useWords } from "../i18n";
import type { CaseNode, SafetyCase, SupportState, Text } from "../types";
import { useDocument } from "./context";
import { SUPPORT_PATH } from "./Icons";

const ROW = 24; // of a topic
const GAP = 10; // between areas
const COLUMNS = { root: 0, area: 92, topic: 372, end: 760 };

interface Box { x: number; y: number; width: number; state: SupportState; text: Text }

export function CaseTree({ whole }: { whole: SafetyCase }) {
  const words = useWords();
  const { report } = useDocument();
  const nodes = new Map(whole.nodes.map((node) => [node.id, node]));
  const title = (node: CaseNode): Text => report.topics.find((t) => t.id === node.topic)?.title ?? node.text;
  const areas: Box[] = [];
  const topics: { box: Box; parent: number }[] = [];
  let y = 4;
  whole.areas.forEach((area, a) => {
    const goals = (nodes.get(area.strategy)?.supported_by ?? []).flatMap((id) => nodes.get(id) ?? []);
    const height = Math.max(1, goals.length) * ROW;
    areas.push({
      x: COLUMNS.area, y: y + (height - ROW) / 2, width: COLUMNS.topic - COLUMNS.area - 40, state: area.state,
      text: report.areas.find((each) => each.id === area.area)?.title ?? { en: area.area, zh: area.area },
    });
    goals.forEach((goal, g) => topics.push({
      parent: a,
      box: { x: COLUMNS.topic, y: y + g * ROW, width: COLUMNS.end - COLUMNS.topic, state: goal.state ?? "undeveloped", text: title(goal) },
    }));
    y += height + GAP;
  });
  const state = nodes.get(whole.root)?.state ?? "undeveloped";
  const root: Box = { x: COLUMNS.root, y: y / 2 - ROW, width: 52, state, text: { en: "G0", zh: "G0" } };
  return (
    <div className="scroll case-tree" role="region" aria-label={`${words("safetyCase")}: ${words("scroll")}`} tabIndex={0}>
      <svg role="img" aria-label={words("caseTree")} viewBox={`0 0 ${COLUMNS.end + 2} ${y}`} width={COLUMNS.end + 2} height={y}>
        {areas.map((box, a) => <Edge key={a} from={root} to={box} />)}
        {topics.map(({ box, parent }, t) => areas[parent] && <Edge key={t} from={areas[parent]} to={box} />)}
        <Node box={root} />
        {areas.map((box, a) => <Node key={a} box={box} strong />)}
        {topics.map(({ box }, t) => <Node key={t} box={box} />)}
      </svg>
    </div>
  );
}

function Edge({ from, to }: { from: Box; to: Box }) {
  const x = from.x + from.width;
  const middle = (ROW - 4) / 2;
  const turn = to.x - 20;
  return <path className="case-edge" d={`M${x} ${from.y + middle}H${turn}V${to.y + middle}H${to.x}`} />;
}

function Node({ box, strong = false }: { box: Box; strong?: boolean }) {
  return (
    <g className={`case-box support-${box.state}`} transform={`translate(${box.x} ${box.y})`}>
      <rect width={box.width} height={ROW - 4} rx="3" />
      <path className="case-sign" d={SUPPORT_PATH[box.state]} transform="translate(6 4) scale(0.75)" />
      <text x="24" y="14.5" className={strong ? "strong" : undefined}><T text={box.text} /></text>
    </g>
  );
}
