// A part that is folded on the screen and always whole on paper. (The browser's own <details> stays
// folded in print.) Its content is in the page, so links into it work: see `openAround`.
import { useId, useState, type ReactNode } from "react";
import { Chevron } from "./Icons";

interface Props {
  label: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Disclosure({ label, children, className = "" }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={`fold ${className}`}>
      <button type="button" className="fold-button" aria-expanded={open} aria-controls={id}
              data-fold={id} onClick={() => setOpen(!open)}>
        <Chevron />
        <span>{label}</span>
      </button>
      <div id={id} className={open ? "fold-body" : "fold-body folded"}>{children}</div>
    </div>
  );
}

/** Opens every folded part around an element, so that a link to it shows it. */
export function openAround(element: Element): void {
  for (let body = element.closest(".folded"); body; body = body.parentElement?.closest(".folded") ?? null) {
    const button = document.querySelector<HTMLButtonElement>(`[data-fold="${CSS.escape(body.id)}"]`);
    button?.click();
  }
}
