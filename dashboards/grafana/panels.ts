import { PanelBuilder as BarGauge } from "@grafana/grafana-foundation-sdk/bargauge";
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import type { Threshold } from "@grafana/grafana-foundation-sdk/dashboard";
import { FieldColorBuilder, FieldColorModeId, type Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as Gauge } from "@grafana/grafana-foundation-sdk/gauge";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as Stat } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StatusHistory } from "@grafana/grafana-foundation-sdk/statushistory";
import { PanelBuilder as Table } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeries } from "@grafana/grafana-foundation-sdk/timeseries";
import { SeriesMapping, PanelBuilder as XYChart, XYSeriesConfigBuilder, XYShowMode } from "@grafana/grafana-foundation-sdk/xychart";
import { NO_LIMITS, thresholds } from "./limits.ts";

export const DATASOURCE = { type: "prometheus", uid: "$datasource" } as const;

export interface Query {
  readonly expr: string;
  /** What a series is called: text, with {{label}} in it. */
  readonly legend: string;
}

/** What every panel says of itself. */
export interface PanelFacts {
  readonly title: string;
  /** What the figure means, and what it does not. */
  readonly description: string;
  /** Grafana's id of it. */
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly limits?: readonly Threshold[];
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
}

/** What is absent is not known: Grafana says so where it would leave the panel empty. */
const NOT_KNOWN = "no data";

type AnyPanel = TimeSeries | Gauge | Stat | StatusHistory | BarGauge | Table | XYChart;

/** All of them at once, with the names of their series. */
function describe<Builder extends AnyPanel>(builder: Builder, facts: PanelFacts, target: (query: Query, at: number) => DataqueryBuilder) {
  const { title, description, unit, queries, limits = NO_LIMITS, decimals, min, max } = facts;
  builder.title(title).description(description).unit(unit).noValue(NOT_KNOWN).datasource(DATASOURCE).thresholds(thresholds(limits));
  if (decimals !== undefined) builder.decimals(decimals);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  for (const [at, query] of queries.entries()) builder.withTarget(target(query, at));
  return builder;
}

function refIdOf(at: number): string {
  return String.fromCharCode("A".charCodeAt(0) + at);
}

function target({ expr, legend }: Query, at: number): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATASOURCE).refId(refIdOf(at)).expr(expr).legendFormat(legend);
}

const overTime = (query: Query, at: number) => target(query, at).range();
const now = (query: Query, at: number) => target(query, at).instant();

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs(["lastNotNull"]);
}

const LAST = () => new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false);

/** Lines over time; limits, where there are any, dashed. Gaps stay gaps. */
export function lines(facts: PanelFacts): TimeSeries {
  const style = facts.limits === undefined ? GraphThresholdsStyleMode.Off : GraphThresholdsStyleMode.Dashed;
  return describe(new TimeSeries(), facts, overTime)
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(style))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .showPoints(VisibilityMode.Auto)
    .fillOpacity(0)
    .lineWidth(2)
    .spanNulls(false);
}

/** A line between the ends of its interval, of one instrument: queries named "low" and "high" are the ends of the band. */
export function band(facts: PanelFacts): TimeSeries {
  const thin = [
    { id: "custom.lineWidth", value: 0 },
    { id: "color", value: { mode: "fixed", fixedColor: "semi-dark-blue" } },
  ];
  return lines(facts)
    .overrideByName("high", [...thin, { id: "custom.fillBelowTo", value: "low" }, { id: "custom.fillOpacity", value: 20 }])
    .overrideByName("low", thin);
}

export function gauge(facts: PanelFacts): Gauge {
  return describe(new Gauge(), facts, now).reduceOptions(LAST()).showThresholdMarkers(true).showThresholdLabels(false);
}

/** The newest value of each series, large. */
export function figures(facts: PanelFacts): Stat {
  return describe(new Stat(), facts, now)
    .reduceOptions(LAST())
    .colorMode(facts.limits === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None);
}

/** A bar a series. */
export function bars(facts: PanelFacts): BarGauge {
  return describe(new BarGauge(), facts, now).reduceOptions(LAST()).orientation(VizOrientation.Horizontal);
}

/**
 * A row a series, a column a quarter of an hour, coloured by its limits, or in shades between min and max: where the monitoring has not measured there
 * is no cell.
 */
export function heatmap({ shades = false, ...facts }: PanelFacts & { readonly shades?: boolean }): StatusHistory {
  return describe(new StatusHistory(), facts, overTime)
    .interval("15m")
    .legend(legend())
    .showValue(VisibilityMode.Never)
    .rowHeight(0.9)
    .colorScheme(new FieldColorBuilder().mode(shades ? FieldColorModeId.ContinuousYlRd : FieldColorModeId.Thresholds));
}

/** A column a query, whose legend is its name; rows are those whose labels are the same. */
const joined = ({ queries }: PanelFacts) => {
  const renamed = queries.map(({ legend: name }, at) => [`Value #${refIdOf(at)}`, name] as const);
  return [
    { id: "merge", options: {} },
    { id: "organize", options: { excludeByName: { Time: true }, indexByName: {}, renameByName: Object.fromEntries(renamed) } },
  ];
};

const asTable = (query: Query, at: number) => now(query, at).format(PromQueryFormat.Table);

/** Points: the first query is x, and each further one a series over it. */
export function points(facts: PanelFacts): XYChart {
  const [x, ...series] = facts.queries.map(({ legend }) => ({ matcher: { id: "byName", options: legend } }));
  const built = series.map((y) => new XYSeriesConfigBuilder().x(x!).y(y).name({ fixed: y.matcher.options }));
  return describe(new XYChart(), facts, asTable)
    .transformations(joined(facts))
    .legend(legend())
    .show(XYShowMode.Points)
    .pointSize({ fixed: 7 })
    .mapping(SeriesMapping.Manual)
    .series(built);
}

/** A row an instrument, a column a query, whose legend is the column's name. Each query has the label `instrument` and no other. */
export function table(facts: PanelFacts): Table {
  return describe(new Table(), facts, asTable).transformations(joined(facts)).showHeader(true);
}

export interface Buildable {
  build(): Panel;
}
