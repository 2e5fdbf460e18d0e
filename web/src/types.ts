// The report document ("assay.report/1"), as src/report builds it and this page shows it.
// docs/schema/report-1.schema.json says the same to others; a test keeps them together.

export type Lang = "en" | "zh";
export interface Text { en: string; zh: string }
export type Status = "measured" | "partly" | "not_assessable" | "not_measured";
export type Verdict = "success" | "failure" | "unassessed";
export interface Interval { low: number | null; high: number | null } // null: no bound

export interface Estimate {
  value: number | null; // null: there is no figure; `assumptions` says why
  interval: Interval;
  level: number;
  sides: "two" | "upper" | "lower";
  method: string;
  unit: string; // "proportion", "nat", "J", "tokens/s", ...
  n: number;
  clusters: number;
  unassessed: number;
  worst_case?: Interval;
  chance?: number;
  ceiling?: number;
  minimum_detectable?: number;
  assumptions?: string[];
  modelled?: boolean;
}

export interface Figure {
  id: string; // unique within a task and language
  label: Text;
  estimate: Estimate;
  direction: "higher_better" | "lower_better" | "neutral";
  lang: Lang | "";
  group: string;
  primary: boolean;
  note: Text;
}

export interface VarianceShare { source: string; label: Text; share: Estimate }

export interface Example {
  sample_id: string;
  lang: Lang;
  verdict: Verdict;
  transcript: { role: string; content: string }[];
  answer: string;
  explanation: string;
  sensitive: boolean; // folded behind a click
}

/** A sentence of the report with what it stands on. */
export interface Claim {
  id: string;
  text: Text;
  figures: string[]; // "task/lang/figure id"
  evidence: string[]; // "task/lang/sample id"
  falsified_by: Text;
  tone: "good" | "concern" | "neutral" | "unknown";
}

/** One task in one language. */
export interface TaskResult {
  key: string; // "arithmetic/en"
  task: string;
  lang: Lang;
  title: Text;
  description: Text; // what was asked and how it was scored
  limits: Text; // what the figures do not say
  citation: string;
  license: string;
  version: number;
  topics: string[];
  status: Status;
  reason: Text;
  planned: number;
  done: number;
  success: number;
  failure: number;
  unassessed: number;
  unassessed_reasons: { reason: Text; count: number }[];
  figures: Figure[];
  variance: VarianceShare[];
  examples: Example[];
  bounds: Text[]; // "0 of 300 does not mean never: at most 0.99%"
  power: Text | null; // "a difference under x could not be seen"
  ledger: Ledger;
}

export interface Topic {
  id: string; // "misuse.cyber"
  area: string; // "misuse"
  title: Text;
  about: Text;
  status: Status;
  reason: Text; // for every status but measured
  claims: Claim[];
  tasks: string[]; // keys of results shown in this chapter, in order
  see_also: string[]; // keys of results that bear on this topic and are shown elsewhere
}

export interface Ledger {
  requests: number;
  prompt_tokens: number;
  computed_tokens: number;
  completion_tokens: number;
  flops: number;
  seconds: number;
  joules: number;
  joules_modelled: boolean;
}

export interface ModelInfo {
  id: string;
  name: string;
  architecture: string;
  parameters: number;
  context_length: number;
  vocabulary: number;
  tokenizer: string;
  has_chat_template: boolean;
  license: string;
  weights_dtype: string;
  scored_dtype: string;
  dtype_max_logprob_delta: number | null;
  digest: string;
  template_digest: string;
  file_bytes: number;
  engine: string;
  served_at?: string;
  arguments?: string[];
}

export type SupportState = "supported" | "open" | "undeveloped" | "rebutted";

/** A node of the Goal Structuring Notation. */
export interface CaseNode {
  id: string;
  kind: "goal" | "strategy" | "solution" | "context" | "assumption" | "justification";
  text: Text;
  state: SupportState | null; // null: not argued for
  reason: Text;
  area: string;
  topic: string;
  figure: string; // "task/lang/figure id", or ""
  weakest: string; // id of the node that decides the state, or ""
  supported_by: string[];
  in_context_of: string[];
}

export interface CaseArea {
  area: string;
  strategy: string;
  state: SupportState;
  weakest: string;
  counts: Record<string, number>; // by SupportState
  text: Text;
}

/** What the evidence of this run carries, by the weakest link. */
export interface SafetyCase {
  root: string;
  text: Text;
  areas: CaseArea[];
  nodes: CaseNode[];
}

export type Strength = "direct" | "partial" | "context";

export interface ClauseLink {
  kind: "topic" | "tasks" | "part";
  names: string[];
  strength: Strength;
  reason: Text;
  status: Status;
  figures: string[]; // "task/lang/figure id"
}

export interface Clause {
  id: string; // as it is cited: "MEASURE 2.6"
  title: Text;
  status: Status; // whether figures speak to it; never whether it is met
  gap: Text | null;
  links: ClauseLink[];
}

export interface Standard {
  id: string;
  title: Text;
  version: string;
  date: string;
  source: string;
  checked: { date: string; against: string; note: Text };
  counts: Record<string, number>; // by Status
  clauses: Clause[];
}

export interface Crosswalk {
  note: Text;
  standards: Standard[];
}

export interface Report {
  schema: "assay.report/1";
  title: Text;
  run: {
    id: string;
    created: string;
    finished: string; // "" while unfinished
    profile: string;
    seed: number;
    langs: Lang[];
    config_digest: string;
  };
  model: ModelInfo;
  machine: Record<string, unknown>;
  versions: Record<string, unknown>;
  summary: { headline: Text; claims: Claim[]; key_figures: string[]; limits: Text[] };
  areas: { id: string; title: Text }[];
  topics: Topic[]; // every topic, in order, also those not measured
  results: TaskResult[];
  methods: { id: string; title: Text; text: Text }[];
  ledger: { total: Ledger; tasks: ({ key: string } & Ledger)[] };
  safety_case?: SafetyCase; // not in reports of older versions
  crosswalk?: Crosswalk;
}
