#!/usr/bin/env bash
# prom-client: a counter named `fx_hits` is the series `fx_hits` in the one format that a registry can speak, and `fx_hits_total` in the other.
#
# A good guess: the content type of a registry says how the same series are written, so that turning a registry to OpenMetrics (which its
# exemplars need) changes the text around them, and no name. Seen: each counter whose name does not end in _total gets another series, beside
# gauges and histograms that keep theirs. Recording rules, alerts and panels that name it go silent instead of failing. A counter that is
# named with _total from the start is one series in both.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund prom-client@15.1.3
cat > names.cjs <<'JS'
const { Counter, Gauge, Histogram, Registry } = require("prom-client");

/** The names of the series that a registry of the type exposes, in order. */
async function series(contentType) {
  const registers = [new Registry(contentType)];
  new Counter({ name: "fx_hits", help: "without the suffix", registers }).inc();
  new Counter({ name: "fx_misses_total", help: "with the suffix", registers }).inc();
  new Gauge({ name: "fx_open", help: "a gauge", registers }).set(1);
  new Histogram({ name: "fx_seconds", help: "a histogram", buckets: [1], registers }).observe(0.5);
  const text = await registers[0].metrics();
  const names = text.split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split(/[{ ]/)[0]);
  return [...new Set(names)];
}

(async () => {
  const classic = await series(Registry.PROMETHEUS_CONTENT_TYPE);
  const open = await series(Registry.OPENMETRICS_CONTENT_TYPE);
  console.log("prom-client 15.1.3, the same four metrics");
  console.log(`  ${Registry.PROMETHEUS_CONTENT_TYPE}\n    ${classic.join(" ")}`);
  console.log(`  ${Registry.OPENMETRICS_CONTENT_TYPE}\n    ${open.join(" ")}`);
  const gone = classic.filter((name) => !open.includes(name));
  const added = open.filter((name) => !classic.includes(name));
  console.log(`  gone: ${gone.join(" ")}; new: ${added.join(" ")}`);
  process.exit(gone.join() === "fx_hits" && added.join() === "fx_hits_total" && classic.includes("fx_misses_total") ? 0 : 1);
})();
JS
node names.cjs
