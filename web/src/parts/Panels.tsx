// Small drawings side by side, as many in a row as there is room for; each with a caption, and with
// words for those who do not see it.
import { memo, type ReactNode } from "react";
import { useDrawing } from "./useDrawing";
import { useWidth } from "./useWidth";

export interface Panel<Data> {
  key: string;
  caption: ReactNode;
  said: string; // what the drawing shows
  data: Data; // the drawing is made anew when it is another one
}

interface Shown<Data> {
  panels: Panel<Data>[];
  least: number; // width of a panel, pixels
  height: number;
  stretch: boolean; // may a few panels take the whole width?
  draw(data: Data, width: number): Element;
}

const GAP = 16; // as in figures.css

export function Panels<Data>({ panels, least, height, stretch, draw }: Shown<Data>) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const columns = Math.max(1, Math.min(stretch ? panels.length : Infinity, Math.floor(width / least)));
  const each = Math.floor((width - GAP * (columns - 1)) / columns);
  return (
    <div ref={ref} className="panels" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {panels.map(({ key, caption, said, data }) => (
        <figure key={key} role="img" aria-label={said}>
          <figcaption>{caption}</figcaption>
          <Drawing data={data} width={each} height={height} draw={draw as (data: unknown, width: number) => Element} />
        </figure>
      ))}
    </div>
  );
}

const Drawing = memo(function Drawing({ data, width, height, draw }:
  { data: unknown; width: number; height: number; draw(data: unknown, width: number): Element }) {
  const ref = useDrawing(() => (width <= 0 ? null : draw(data, width)), [data, width]);
  return <div ref={ref} className="drawing" style={{ minHeight: height }} />;
});
