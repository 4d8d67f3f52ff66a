import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { type Buildable, DATASOURCE } from "./panels.ts";

const COLUMNS = 24;
const TAG = "fx-medallion";

/** A panel of some columns' width. */
export type Placed = readonly [columns: number, panel: Buildable];

export interface BoardRow {
  readonly title: string;
  readonly height: number;
  /** From left to right; what has no room begins the next line. */
  readonly panels: readonly Placed[];
}

export interface Board {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly BoardRow[];
}

/**
 * A dashboard as Grafana stores it. Ids and places are set here: the SDK gives panels no ids and every row the id 0, and lets a line grow
 * beyond the grid's 24 columns.
 */
export function buildBoard({ uid, title, description, rows }: Board): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone("utc")
    .time({ from: "now-24h", to: "now" })
    .refresh("1m")
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"))
    .withVariable(instrumentVariable())
    .link(linkToOthers());
  let [id, y] = [1, 0];
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title).id(id++).collapsed(false).gridPos({ x: 0, y, w: COLUMNS, h: 1 }));
    const placed = place(row, y + 1);
    for (const { panel, x, y: top, w } of placed)
      builder.withPanel(fixed({ ...panel.build(), id: id++, gridPos: { x, y: top, w, h: row.height } }));
    y = Math.max(...placed.map((one) => one.y)) + row.height;
  }
  return builder.build();
}

function place({ title, height, panels }: BoardRow, top: number) {
  let [x, y] = [0, top];
  return panels.map(([w, panel]) => {
    if (w > COLUMNS) throw new Error(`A panel of "${title}" is ${w} columns wide: the grid has ${COLUMNS}.`);
    if (x + w > COLUMNS) [x, y] = [0, y + height];
    const at = { panel, x, y, w };
    x += w;
    return at;
  });
}

/** The builder of what is built already. */
function fixed(panel: Panel): Buildable {
  return { build: () => panel };
}

function instrumentVariable(): QueryVariableBuilder {
  return new QueryVariableBuilder("instrument")
    .label("Instrument")
    .datasource(DATASOURCE)
    .query({ qryType: 1, query: 'label_values({__name__=~"fx_.+", instrument!=""}, instrument)', refId: "instruments" })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".+")
    .current({ selected: true, text: "All", value: "$__all" });
}

function linkToOthers(): DashboardLinkBuilder {
  return new DashboardLinkBuilder("fx-medallion")
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(false)
    .includeVars(true)
    .keepTime(true);
}
