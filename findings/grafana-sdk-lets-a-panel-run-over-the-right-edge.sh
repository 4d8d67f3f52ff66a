#!/usr/bin/env bash
# @grafana/grafana-foundation-sdk: a panel that has no room left on its line is not put on the next one; and every row has the id 0.
#
# A good guess: the builder of a dashboard flows panels as text flows, so that after one of 8 columns the next of 24 begins a line, the grid
# being 24 wide; and whatever needs an id gets one that is unique. Seen: a line ends only behind the panel that has filled it. The panel of 24
# stands at column 8 and reaches to 32, two of 16 and 12 to 28. Each row carries the id 0, and no panel has one. So whoever generates
# dashboards in code checks x + w <= 24, and sets the ids.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @grafana/grafana-foundation-sdk@0.0.21
cat > layout.cjs <<'JS'
const { DashboardBuilder, RowBuilder } = require("@grafana/grafana-foundation-sdk/dashboard");
const { PanelBuilder } = require("@grafana/grafana-foundation-sdk/timeseries");
const panel = (title, columns) => new PanelBuilder().title(title).span(columns);
const { panels } = new DashboardBuilder("layout")
  .withRow(new RowBuilder("one"))
  .withPanel(panel("sixteen", 16))
  .withPanel(panel("twelve", 12))
  .withRow(new RowBuilder("two"))
  .withPanel(panel("eight", 8))
  .withPanel(panel("whole line", 24))
  .build();
console.log("@grafana/grafana-foundation-sdk 0.0.21, a grid of 24 columns");
for (const { type, title, id, gridPos } of panels)
  console.log(`  ${type} ${title}: id ${id}, line ${gridPos.y}, columns ${gridPos.x} to ${gridPos.x + gridPos.w}`);
const over = panels.filter(({ gridPos }) => gridPos.x + gridPos.w > 24).map(({ title }) => title);
const ids = panels.map(({ type, id }) => `${type} ${id}`);
process.exit(
  over.join() === "twelve,whole line" && new Set(ids).size === 2 && ids.includes("row 0") && ids.includes("timeseries undefined") ? 0 : 1,
);
JS
node layout.cjs
