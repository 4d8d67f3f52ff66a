import type {
  IChartApi,
  IPaneApi,
  ISeriesApi,
  ISeriesMarkersPluginApi,
  ITextWatermarkPluginApi,
  SeriesMarker,
  Time,
  UTCTimestamp,
} from "lightweight-charts";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ChartFrame } from "./ChartFrame.tsx";
import type { CandleContent, CandleMark } from "./candleContent.ts";
import { chartMoment, chartTick } from "./chartSeconds.ts";
import { colour, isDark } from "./scheme.ts";
import { SessionBands } from "./sessionBands.ts";

interface Parts {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<"Candlestick">;
  readonly spread: ISeriesApi<"Area">;
  readonly bars: ISeriesApi<"Histogram">;
  readonly foot: ISeriesApi<"Line">;
  readonly signs: ISeriesMarkersPluginApi<Time>;
  readonly foot_signs: ISeriesMarkersPluginApi<Time>;
  readonly bands: SessionBands;
  /** What the lower panes show, written into them. */
  readonly names: readonly ITextWatermarkPluginApi<Time>[];
}

/** The reader has stopped moving the chart. */
const SETTLED_MS = 350;

/**
 * Candles with their spread, signs and shades; at the bottom bars of outcomes. `label` says in a sentence what is seen, `children` is the same
 * as a table. `onView` is told which candles the reader has moved to, as places that may lie before the first and behind the last.
 */
export function CandleChart({
  label,
  content,
  height,
  onHover,
  onPick,
  onView,
  children,
}: {
  readonly label: string;
  readonly content: CandleContent;
  readonly height: number;
  readonly onHover: (index: number | null) => void;
  readonly onPick: (index: number) => void;
  readonly onView: (first: number, last: number) => void;
  readonly children?: ComponentChildren;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const parts = useRef<Parts | null>(null);
  const [is_ready, setReady] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const told = useRef({ onHover, onPick, onView, count: 0 });
  told.current = { onHover, onPick, onView, count: content.points.length };

  useEffect(() => {
    let is_gone = false;
    let forget = () => {};
    import("lightweight-charts").then(
      (library) => {
        if (is_gone || !frame.current) return;
        const made = partsOf(library, frame.current);
        parts.current = made;
        const placeOf = (logical: number | undefined) => {
          if (logical === undefined) return null;
          const index = Math.round(logical);
          return index >= 0 && index < told.current.count ? index : null;
        };
        made.chart.subscribeCrosshairMove(({ logical, point }) => told.current.onHover(point === undefined ? null : placeOf(logical)));
        made.chart.subscribeClick(({ logical }) => {
          const index = placeOf(logical);
          if (index !== null) told.current.onPick(index);
        });
        forget = onMoved(frame.current, () => {
          const seen = made.chart.timeScale().getVisibleLogicalRange();
          const last = told.current.count - 1;
          if (seen === null || (Math.abs(seen.from) < 1 && Math.abs(seen.to - last) < 1)) return;
          told.current.onView(seen.from, seen.to);
        });
        setReady(true);
      },
      (thrown: unknown) => setError(thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
    return () => {
      is_gone = true;
      forget();
      parts.current?.chart.remove();
      parts.current = null;
    };
  }, []);

  useEffect(() => {
    if (!is_ready) return;
    return isDark.subscribe(() => {
      if (parts.current) paint(parts.current);
    });
  }, [is_ready]);

  useEffect(() => {
    if (!parts.current) return;
    fill(parts.current, content);
    parts.current.chart.timeScale().fitContent();
  }, [is_ready, content.points, content.precision]);

  useEffect(() => {
    if (!is_ready) return;
    return isDark.subscribe(() => {
      if (!parts.current) return;
      sign(parts.current, content);
      // The library draws with the next frame of the screen, which comes too late for paper; a picture of it is made of what is so now.
      parts.current.chart.takeScreenshot();
    });
  }, [is_ready, content]);

  return (
    <ChartFrame label={label} height={height} frame={frame} is_ready={is_ready} error={error}>
      <figcaption class="candle-credit">
        Drawn with <a href="https://www.tradingview.com/">TradingView</a> Lightweight Charts™, © TradingView, Inc.
      </figcaption>
      {children}
    </ChartFrame>
  );
}

/** The library sets the first line of what is written into a pane across its upper edge. */
const AIR = { text: "", fontSize: 8, lineHeight: 8 };

/** The spread, and the bars. */
const LOWER_PANES = ["spread, bp", "right above, wrong below"];

type Library = typeof import("lightweight-charts");

function partsOf(library: Library, frame: HTMLElement): Parts {
  const chart = library.createChart(frame, {
    autoSize: true,
    layout: { attributionLogo: false, fontFamily: "system-ui, sans-serif", fontSize: 12 },
    localization: { timeFormatter: (time: Time) => chartMoment(time as number) },
    timeScale: {
      minBarSpacing: 0.01,
      timeVisible: true,
      secondsVisible: false,
      tickMarkFormatter: (time: Time, kind: number) => chartTick(time as number, kind),
    },
    crosshair: { mode: library.CrosshairMode.Magnet },
    // A finger that moves up or down scrolls the page.
    handleScroll: { vertTouchDrag: false },
  });
  const quiet = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false };
  const candles = chart.addSeries(library.CandlestickSeries, {
    priceLineVisible: false,
    // The label of a hollow candle would have the colour of the page.
    lastValueVisible: false,
  });
  candles.priceScale().applyOptions({ scaleMargins: { top: 0.1, bottom: 0.12 } });
  const foot = chart.addSeries(library.LineSeries, { ...quiet, lineVisible: false, priceScaleId: "foot" });
  foot.priceScale().applyOptions({ visible: false, scaleMargins: { top: 0.97, bottom: 0.02 } });
  const spread_format = { type: "price", precision: 2, minMove: 0.01 } as const;
  const spread = chart.addSeries(library.AreaSeries, { ...quiet, lineWidth: 1, priceFormat: spread_format }, 1);
  const fixed = () => ({ priceRange: { minValue: -1, maxValue: 1 } });
  const shares = { type: "custom", minMove: 0.01, formatter: (value: number) => (value > 0 ? "right" : value < 0 ? "wrong" : "") } as const;
  const bars = chart.addSeries(library.HistogramSeries, { ...quiet, base: 0, autoscaleInfoProvider: fixed, priceFormat: shares }, 2);
  const [main, ...lower] = chart.panes() as [IPaneApi<Time>, ...IPaneApi<Time>[]];
  main.setStretchFactor(6);
  for (const pane of lower) pane.setStretchFactor(1);
  const names = lower.map((pane) => library.createTextWatermark(pane, { horzAlign: "left", vertAlign: "top", lines: [] }));
  const bands = new SessionBands(chart);
  main.attachPrimitive(bands);
  const [signs, foot_signs] = [library.createSeriesMarkers(candles), library.createSeriesMarkers(foot)];
  return { chart, candles, spread, bars, foot, signs, foot_signs, bands, names };
}

/** A candle that rose is hollow, one that fell is filled: not told by colour alone. */
function paint({ chart, candles, spread, foot, names }: Parts): void {
  const [text, line, card, rise, fall] = ["text", "line", "card", "series-1", "series-2"].map(colour) as [
    string,
    string,
    string,
    string,
    string,
  ];
  chart.applyOptions({
    layout: {
      background: { color: card },
      textColor: text,
      panes: { separatorColor: line, separatorHoverColor: line, enableResize: true },
    },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line },
  });
  candles.applyOptions({
    ...{ upColor: card, borderUpColor: rise, wickUpColor: rise },
    ...{ downColor: fall, borderDownColor: fall, wickDownColor: fall },
  });
  spread.applyOptions({ lineColor: colour("series-4"), topColor: colour("raised"), bottomColor: colour("raised") });
  foot.applyOptions({ color: text });
  names.forEach((name, index) => {
    name.applyOptions({
      lines: [AIR, { text: LOWER_PANES[index]!, color: colour("quiet"), fontSize: 11, fontFamily: "system-ui, sans-serif" }],
    });
  });
}

function fill({ candles, spread, foot }: Parts, { points, precision }: CandleContent): void {
  const timed = points.map((point) => ({ ...point, time: point.seconds as UTCTimestamp }));
  candles.applyOptions({ priceFormat: { type: "price", precision, minMove: 10 ** -precision } });
  candles.setData(timed.map(({ time, open, high, low, close }) => ({ time, open, high, low, close })));
  spread.setData(timed.map(({ time, spread_bp }) => (spread_bp === null ? { time } : { time, value: spread_bp })));
  foot.setData(timed.map(({ time }) => ({ time, value: 0 })));
}

const SHAPES = { arrow_up: "arrowUp", arrow_down: "arrowDown", circle: "circle", square: "square" } as const;
const PLACES = { above: "aboveBar", below: "belowBar", inside: "inBar", foot: "inBar" } as const;

function sign({ signs, foot_signs, bars, bands }: Parts, content: CandleContent): void {
  const { points } = content;
  const names = new Map<string, string>();
  const colourOf = (name: string) => {
    const known = names.get(name) ?? colour(name);
    names.set(name, known);
    return known;
  };
  const timeOf = (index: number) => points[index]!.seconds as UTCTimestamp;
  const drawn = (mark: CandleMark): SeriesMarker<Time> => ({
    ...{ time: timeOf(mark.index), position: PLACES[mark.at], shape: SHAPES[mark.shape], color: colourOf(mark.colour), size: 1 },
    ...(mark.text === undefined ? {} : { text: mark.text }),
  });
  signs.setMarkers(content.marks.filter(({ at }) => at !== "foot").map(drawn));
  foot_signs.setMarkers(content.marks.filter(({ at }) => at === "foot").map(drawn));
  bars.setData(content.bars.map(({ index, value }) => ({ time: timeOf(index), value, color: colourOf(value < 0 ? "bad" : "good") })));
  bands.show(
    content.bands.map((band) => ({ ...band, colour: colourOf(band.colour) })),
    colourOf("quiet"),
  );
}

/** Calls when the reader has moved the chart by wheel, mouse or finger, and has let it be. */
function onMoved(element: HTMLElement, call: () => void): () => void {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(call, SETTLED_MS);
  };
  const names = ["wheel", "pointerup", "touchend"] as const;
  for (const name of names) element.addEventListener(name, later, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const name of names) element.removeEventListener(name, later);
  };
}
