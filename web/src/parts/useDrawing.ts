// A drawing of Observable Plot in its container.
import { useLayoutEffect, useRef } from "react";

/** Draws into a container whenever its inputs change. */
export function useDrawing(draw: () => Element | null, inputs: unknown[]) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const drawn = draw();
    if (drawn) {
      drawn.setAttribute("aria-hidden", "true");
      drawn.setAttribute("focusable", "false");
      ref.current?.replaceChildren(drawn);
    }
    // eslint-style exhaustive lists do not fit here: `draw` closes over exactly `inputs`
  }, inputs);
  return ref;
}
