// Small signs that go with a word, never alone: hidden from screen readers.
import type { Claim, Status, SupportState, Verdict } from "../types";

function Sign({ children }: { children: React.ReactNode }) {
  return (
    <svg className="sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.8, strokeLinecap: "round", strokeLinejoin: "round" } as const;

export function StatusSign({ status }: { status: Status }) {
  switch (status) {
    case "measured":
      return <Sign><circle cx="8" cy="8" r="6.5" fill="currentColor" /></Sign>;
    case "partly":
      return <Sign><circle cx="8" cy="8" r="6" {...line} /><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" /></Sign>;
    case "not_assessable":
      return <Sign><circle cx="8" cy="8" r="6" {...line} /><path d="M3.8 12.2 12.2 3.8" {...line} /></Sign>;
    case "not_measured":
      return <Sign><circle cx="8" cy="8" r="6" {...line} strokeDasharray="2.2 2.5" /></Sign>;
  }
}

export function ToneSign({ tone }: { tone: Claim["tone"] }) {
  switch (tone) {
    case "good":
      return <Sign><path d="m3 8.5 3.4 3.5L13 4.5" {...line} strokeWidth={2.2} /></Sign>;
    case "concern":
      return <Sign><path d="M8 2 14.5 13.5h-13z" {...line} /><path d="M8 6.5v3.2M8 11.6v.1" {...line} /></Sign>;
    case "neutral":
      return <Sign><path d="M3.5 8h9" {...line} strokeWidth={2.2} /></Sign>;
    case "unknown":
      return <Sign><path d="M4.2 5.4a3.8 3.8 0 1 1 5.6 3.3C8.6 9.3 8 10 8 11M8 14.2v.1" {...line} strokeWidth={2.2} /></Sign>;
  }
}

export function VerdictSign({ verdict }: { verdict: Verdict }) {
  switch (verdict) {
    case "success":
      return <Sign><path d="m3 8.5 3.4 3.5L13 4.5" {...line} strokeWidth={2.2} /></Sign>;
    case "failure":
      return <Sign><path d="m4 4 8 8M12 4l-8 8" {...line} strokeWidth={2.2} /></Sign>;
    case "unassessed":
      return <Sign><path d="M4.2 5.4a3.8 3.8 0 1 1 5.6 3.3C8.6 9.3 8 10 8 11M8 14.2v.1" {...line} strokeWidth={2.2} /></Sign>;
  }
}

/** Path of a sign for a state of support, in a box of 16 by 16. */
export const SUPPORT_PATH: Record<SupportState, string> = {
  supported: "m3 8.5 3.4 3.5L13 4.5",
  open: "M3.5 8h9",
  undeveloped: "M8 2.5 13.5 8 8 13.5 2.5 8z",
  rebutted: "m4 4 8 8M12 4l-8 8",
};

export function SupportSign({ state }: { state: SupportState }) {
  return <Sign><path d={SUPPORT_PATH[state]} {...line} strokeWidth={2} /></Sign>;
}

export function Chevron() {
  return <Sign><path d="m5 3 5.5 5L5 13" {...line} /></Sign>;
}
