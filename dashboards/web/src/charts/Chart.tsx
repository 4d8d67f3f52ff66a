import type { EChartsCoreOption, EChartsType } from "echarts/core";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ChartFrame } from "./ChartFrame.tsx";
import { colour, isDark } from "./scheme.ts";

/** Colours of a chart's own parts, as the page has them. */
export interface ChartColours {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  /** The ground that it stands on. */
  readonly card: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  /** For series beside each other; told apart by symbols or labels as well. */
  readonly series: readonly string[];
}

/**
 * A chart of ECharts. `option` is made of the page's colours, and drawn anew when they change. `label` says in a sentence what is seen, and
 * `children` is the same as a table, for who sees no canvas.
 */
export function Chart({
  label,
  height = 260,
  option,
  children,
  onPick,
}: {
  readonly label: string;
  readonly height?: number;
  readonly option: (colours: ChartColours) => EChartsCoreOption;
  readonly children?: ComponentChildren;
  /** A point that was clicked: its series and its place in the data. */
  readonly onPick?: (point: { readonly series: string; readonly index: number }) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const [is_ready, setReady] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const picked = useRef(onPick);
  picked.current = onPick;

  useEffect(() => {
    let is_gone = false;
    let observer: ResizeObserver | null = null;
    import("./echarts.ts").then(
      ({ init }) => {
        if (is_gone || !frame.current) return;
        const made = init(frame.current, null, { renderer: "canvas" });
        made.on("click", (point) => picked.current?.({ series: point.seriesName ?? "", index: point.dataIndex }));
        observer = new ResizeObserver(() => made.resize());
        observer.observe(frame.current);
        chart.current = made;
        setReady(true);
      },
      (thrown: unknown) => setError(thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
    return () => {
      is_gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    if (!is_ready) return;
    return isDark.subscribe(() => {
      const colours = coloursOf();
      const own = option(colours);
      const base = baseOf(colours);
      const tooltip = { ...(base["tooltip"] as object), ...(own["tooltip"] as object | undefined) };
      chart.current?.setOption({ ...base, ...own, tooltip }, { notMerge: true });
    });
  }, [is_ready, option]);

  return (
    <ChartFrame label={label} height={height} frame={frame} is_ready={is_ready} error={error}>
      {children !== undefined && (
        <details class="chart-table">
          <summary>As a table</summary>
          {children}
        </details>
      )}
    </ChartFrame>
  );
}

function coloursOf(): ChartColours {
  return {
    text: colour("text"),
    quiet: colour("quiet"),
    line: colour("line"),
    card: colour("card"),
    good: colour("good"),
    warn: colour("warn"),
    bad: colour("bad"),
    series: [1, 2, 3, 4, 5, 6].map((n) => colour(`series-${n}`)),
  };
}

/** What every chart has alike. Tooltips are drawn on the canvas: as elements they would bring styles that the page's policy refuses. */
function baseOf({ text, series }: ChartColours): EChartsCoreOption {
  return {
    animation: false,
    color: [...series],
    textStyle: { color: text, fontFamily: "system-ui, sans-serif", fontSize: 12 },
    grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
    tooltip: { renderMode: "richText", trigger: "axis", confine: true },
  };
}
