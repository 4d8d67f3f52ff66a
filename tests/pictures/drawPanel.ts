import type { Panel, Series, Step } from "./askBoard.ts";
import { formatValue } from "./formatValue.ts";

const PALETTE = ["#3274d9", "#e0752d", "#56a64b", "#8f3bb8", "#e02f44", "#1f9e9e", "#b58900", "#6c6c6c", "#c15c9e"];
const COLORS: Readonly<Record<string, string>> = { green: "#37872d", orange: "#e0752d", red: "#c4162a", blue: "#1f60c4" };

interface Box {
  readonly width: number;
  readonly height: number;
}

/** A panel's inside as HTML, about as Grafana draws its form. */
export function drawPanel(panel: Panel, series: readonly Series[], box: Box): string {
  const told = series.filter(({ points }) => points.length > 0);
  if (told.length === 0) return '<div class="none">no data</div>';
  const draw = { gauge, stat, bargauge: bars, table, xychart: points, "status-history": cells, timeseries: lines }[panel.type];
  if (!draw) throw new Error(`No form is known for a panel of the type ${panel.type}.`);
  return draw(panel, told, box);
}

const defaultsOf = (panel: Panel) => panel.fieldConfig?.defaults ?? {};
const last = ({ points: all }: Series) => all.at(-1)![1];

function text(panel: Panel, value: number): string {
  const { unit = "none", decimals } = defaultsOf(panel);
  return formatValue(value, unit, decimals);
}

function colorAt(steps: readonly Step[] = [], value: number): string {
  return COLORS[steps.findLast((step) => step.value === null || value >= step.value)?.color ?? "blue"]!;
}

function colorOf(panel: Panel, value: number): string {
  return colorAt(defaultsOf(panel).thresholds?.steps, value);
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function stat(panel: Panel, series: readonly Series[]): string {
  const size = series.length > 3 ? 19 : 26;
  const figures = series.map(
    (one) =>
      `<div><div style="color:${colorOf(panel, last(one))};font-size:${size}px">${text(panel, last(one))}</div>${escaped(one.name)}</div>`,
  );
  return `<div class="figures">${figures.join("")}</div>`;
}

function gauge(panel: Panel, series: readonly Series[]): string {
  const { min = 0, max = 1 } = defaultsOf(panel);
  const dials = series.map((one) => {
    const share = Math.min(1, Math.max(0, (last(one) - min) / (max - min)));
    const [x, y] = [50 - 40 * Math.cos(Math.PI * share), 50 - 40 * Math.sin(Math.PI * share)];
    const arc = (color: string, to: string) => `<path d="M10 50 A40 40 0 0 1 ${to}" fill="none" stroke="${color}" stroke-width="12"/>`;
    return `<div><svg viewBox="0 0 100 56" width="124" style="display:block;margin:0 auto">${arc("#e3e3e3", "90 50")}${share > 0 ? arc(colorOf(panel, last(one)), `${x} ${y}`) : ""}
      <text x="50" y="50" text-anchor="middle" font-size="13">${text(panel, last(one))}</text></svg>${escaped(one.name)}
      <span class="faint">${text(panel, min)} to ${text(panel, max)}</span></div>`;
  });
  return `<div class="figures">${dials.join("")}</div>`;
}

function bars(panel: Panel, series: readonly Series[]): string {
  const sorted = series.toSorted((one, other) => last(other) - last(one));
  const most = Math.max(...sorted.map(last), Number.MIN_VALUE);
  const rows = sorted.map((one) => {
    const bar = `<div style="background:${colorOf(panel, last(one))};height:11px;width:${(last(one) / most) * 72}%;display:inline-block"></div>`;
    return `<div style="line-height:17px"><span style="display:inline-block;width:230px;text-align:right;padding-right:8px">${escaped(one.name)}</span><span style="display:inline-block;width:calc(100% - 250px)">${bar} ${text(panel, last(one))}</span></div>`;
  });
  return rows.join("");
}

function table(panel: Panel, series: readonly Series[]): string {
  const columns = [...new Set((panel.targets ?? []).map(({ legendFormat }) => legendFormat))];
  const rows = [...new Set(series.map(({ labels }) => labels["instrument"] ?? ""))].sort();
  const cell = (row: string, column: string) => {
    const found = series.find(({ labels, name }) => labels["instrument"] === row && name === column);
    return `<td>${found ? text(panel, last(found)) : "no data"}</td>`;
  };
  const head = ["instrument", ...columns].map((column) => `<th>${escaped(column)}</th>`);
  const body = rows.map((row) => `<tr><td>${row}</td>${columns.map((column) => cell(row, column)).join("")}</tr>`);
  return `<table><tr>${head.join("")}</tr>${body.join("")}</table>`;
}

interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly axes: string;
}

const LEFT = 62;
const BELOW = 22;

function scaleOf(
  panel: Panel,
  { width, height }: Box,
  xs: readonly number[],
  ys: readonly number[],
  xText: (value: number) => string,
): Scale {
  const { min, max } = defaultsOf(panel);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  let [low, high] = [min ?? Math.min(...ys), max ?? Math.max(...ys)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  if (min === undefined) low -= room;
  if (max === undefined) high += room;
  const x = (value: number) => LEFT + ((value - from) / (to - from || 1)) * (width - LEFT - 12);
  const y = (value: number) => 6 + (1 - (value - low) / (high - low)) * (height - BELOW - 6);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const horizontal = ticks.map((share) => {
    const value = low + share * (high - low);
    return `<line x1="${LEFT}" x2="${width - 12}" y1="${y(value)}" y2="${y(value)}" stroke="#ececec"/><text x="${LEFT - 5}" y="${y(value) + 4}" text-anchor="end">${text(panel, value)}</text>`;
  });
  const vertical = ticks.map((share) => {
    const value = from + share * (to - from);
    return `<text x="${x(value)}" y="${height - 6}" text-anchor="${value === to ? "end" : "middle"}">${xText(value)}</text>`;
  });
  return { x, y, axes: horizontal.join("") + vertical.join("") };
}

function legend(panel: Panel, series: readonly Series[]): string {
  const shown = series
    .slice(0, 8)
    .map(
      (one, at) =>
        `<span><b style="color:${PALETTE[at % PALETTE.length]}">▬</b> ${escaped(one.name)} <i>${text(panel, last(one))}</i></span>`,
    );
  return `<div class="legend">${shown.join("")}${series.length > 8 ? `and ${series.length - 8} more` : ""}</div>`;
}

function lines(panel: Panel, series: readonly Series[], box: Box): string {
  const { thresholds, custom } = defaultsOf(panel);
  const steps = custom?.thresholdsStyle?.mode === "dashed" ? (thresholds?.steps ?? []).filter(({ value }) => value !== null) : [];
  const all = series.flatMap(({ points: own }) => own);
  const inner = { width: box.width, height: box.height - (series.length > 4 ? 38 : 22) };
  const [newest] = all.at(-1)!.slice(1);
  const away = ({ value }: Step) => Math.abs(value! - newest!);
  const nearest = steps
    .toSorted((one, other) => away(one) - away(other))
    .slice(0, 1)
    .map(({ value }) => value!);
  const scale = scaleOf(
    panel,
    inner,
    all.map(([time]) => time),
    [...all.map(([, value]) => value), ...nearest],
    clock,
  );
  const limits = steps
    .filter(({ value }) => scale.y(value!) > 0 && scale.y(value!) < inner.height - BELOW + 2)
    .map(
      ({ value, color }) =>
        `<line x1="${LEFT}" x2="${inner.width - 12}" y1="${scale.y(value!)}" y2="${scale.y(value!)}" stroke="${COLORS[color]}" stroke-dasharray="6 4"/>`,
    );
  const has_band = (panel.fieldConfig?.overrides ?? []).some(({ properties }) => properties.some(({ id }) => id === "custom.fillBelowTo"));
  const drawn = series.map((one, at) =>
    path(one, scale, PALETTE[at % PALETTE.length]!, has_band && /^(low|high)$/.test(one.name) ? 0.7 : 2),
  );
  return `${svg(inner, `${scale.axes}${has_band ? bandOf(series, scale) : ""}${limits.join("")}${drawn.join("")}`)}${legend(panel, series)}`;
}

function path({ points: own }: Series, { x, y }: Scale, color: string, width: number): string {
  if (own.length === 1) return `<circle cx="${x(own[0]![0])}" cy="${y(own[0]![1])}" r="3" fill="${color}"/>`;
  const gap = 3 * Math.min(...own.slice(1).map(([time], at) => time - own[at]![0]));
  const parts = own.map(
    ([time, value], at) => `${at === 0 || time - own[at - 1]![0] > gap ? "M" : "L"}${x(time).toFixed(1)} ${y(value).toFixed(1)}`,
  );
  return `<path d="${parts.join("")}" fill="none" stroke="${color}" stroke-width="${width}"/>`;
}

function bandOf(series: readonly Series[], { x, y }: Scale): string {
  const [low, high] = ["low", "high"].map((name) => series.find((one) => one.name === name)?.points ?? []);
  const corners = [...high!, ...low!.toReversed()].map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`);
  return `<polygon points="${corners.join(" ")}" fill="#3274d922"/>`;
}

/** Each further query over the first, joined by what labels their series have. */
function points(panel: Panel, series: readonly Series[], box: Box): string {
  const key = ({ labels }: Series) => JSON.stringify(labels);
  const [first, ...others] = panel.targets ?? [];
  const xs = new Map(series.filter(({ refId }) => refId === first!.refId).map((one) => [key(one), last(one)]));
  const groups = others.map(({ refId, legendFormat }) => ({
    name: legendFormat,
    at: series.filter((one) => one.refId === refId && xs.has(key(one))).map((one) => [xs.get(key(one))!, last(one)] as const),
  }));
  const inner = { width: box.width, height: box.height - 22 };
  const all = groups.flatMap(({ at }) => at);
  const scale = scaleOf(
    panel,
    inner,
    all.map(([x]) => x),
    all.map(([, y]) => y),
    (value) => text(panel, value),
  );
  const dots = groups.flatMap(({ at }, group) =>
    at.map(([x, y]) => `<circle cx="${scale.x(x)}" cy="${scale.y(y)}" r="4" fill="${PALETTE[group]}"/>`),
  );
  const names = groups.map(({ name }, group) => `<span><b style="color:${PALETTE[group]}">●</b> ${escaped(name)}</span>`);
  return `${svg(inner, scale.axes + dots.join(""))}<div class="legend">over "${escaped(first!.legendFormat)}": ${names.join("")}</div>`;
}

function cells(panel: Panel, series: readonly Series[], box: Box): string {
  const { color, min = 0, max = 1 } = defaultsOf(panel);
  const is_shaded = color?.mode.startsWith("continuous") ?? false;
  const fill = (value: number) => (is_shaded ? shade((value - min) / (max - min)) : colorOf(panel, value));
  const times = [...new Set(series.flatMap(({ points: own }) => own.map(([time]) => time)))].sort((one, other) => one - other);
  const [left, height] = [210, (box.height - BELOW) / series.length];
  const wide = (box.width - left - 12) / times.length;
  const rows = series.map((one, row) => {
    const drawn = runsOf(one.points.map(([time, value]) => [times.indexOf(time), fill(value)] as const)).map(
      ({ from, to, color: own }) =>
        `<rect x="${left + from * wide}" y="${row * height}" width="${(to - from) * wide}" height="${height * 0.9}" fill="${own}"/>`,
    );
    return `<text x="${left - 5}" y="${(row + 0.7) * height}" text-anchor="end" style="font-size:${Math.min(10, height * 0.95)}px">${escaped(one.name)}</text>${drawn.join("")}`;
  });
  const ends = [times[0]!, times.at(-1)!].map(
    (time, at) =>
      `<text x="${at === 0 ? left : box.width - 12}" y="${box.height - 6}" text-anchor="${at === 0 ? "start" : "end"}">${clock(time)}</text>`,
  );
  return svg(box, rows.join("") + ends.join(""));
}

/** Neighbouring cells of one colour as one. */
function runsOf(cells_of_row: readonly (readonly [number, string])[]) {
  const runs: { from: number; to: number; color: string }[] = [];
  for (const [at, color] of cells_of_row) {
    const before = runs.at(-1);
    if (before && before.to === at && before.color === color) before.to = at + 1;
    else runs.push({ from: at, to: at + 1, color });
  }
  return runs;
}

/** Yellow to red. */
function shade(share: number): string {
  const between = (from: number, to: number) => Math.round(from + (to - from) * Math.min(1, Math.max(0, share)));
  return `rgb(${between(250, 196)},${between(236, 22)},${between(170, 42)})`;
}

function svg({ width, height }: Box, inside: string): string {
  return `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`;
}

function clock(time_s: number): string {
  return new Date(time_s * 1_000).toISOString().slice(11, 16);
}
