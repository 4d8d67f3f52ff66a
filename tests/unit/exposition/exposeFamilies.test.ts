import { describe, expect, it } from "vitest";
import { exposeFamilies } from "../../../shared/exposition/exposeFamilies.ts";
import { histogramSamples } from "../../../shared/exposition/histogramSamples.ts";
import { counterOf, gauge, gaugeOf, type MetricFamily } from "../../../shared/exposition/metricFamily.ts";

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join("");

describe("exposeFamilies", () => {
  it("says HELP and TYPE once a family, then its series together", () => {
    const family = gaugeOf("fx_size_bytes", "How large.", [
      [{ part: "a" }, 1.5],
      [{ part: "b" }, 2e21],
    ]);
    expect(exposeFamilies([family, gauge("fx_up", "Whether.", 1)], "text")).toBe(
      lines(
        "# HELP fx_size_bytes How large.",
        "# TYPE fx_size_bytes gauge",
        'fx_size_bytes{part="a"} 1.5',
        'fx_size_bytes{part="b"} 2e+21',
        "# HELP fx_up Whether.",
        "# TYPE fx_up gauge",
        "fx_up 1",
      ),
    );
  });

  it("calls a counter by its whole name in 0.0.4, and by its family's in OpenMetrics, which has an end", () => {
    const family = counterOf("fx_hits", "Hits.", [[{}, 3]]);
    expect(exposeFamilies([family], "text")).toBe(lines("# HELP fx_hits_total Hits.", "# TYPE fx_hits_total counter", "fx_hits_total 3"));
    expect(exposeFamilies([family], "openmetrics")).toBe(
      lines("# HELP fx_hits Hits.", "# TYPE fx_hits counter", "fx_hits_total 3", "# EOF"),
    );
  });

  it("escapes what stands in labels and help, and writes what is no number as Prometheus does", () => {
    const family = gaugeOf("fx_odd", 'a\\b\n"c"', [
      [{ of: 'x"\\\n' }, Number.NaN],
      [{ of: "y" }, Number.POSITIVE_INFINITY],
      [{ of: "z" }, Number.NEGATIVE_INFINITY],
    ]);
    expect(exposeFamilies([family], "text")).toBe(
      lines(
        '# HELP fx_odd a\\\\b\\n"c"',
        "# TYPE fx_odd gauge",
        'fx_odd{of="x\\"\\\\\\n"} NaN',
        'fx_odd{of="y"} +Inf',
        'fx_odd{of="z"} -Inf',
      ),
    );
    expect(exposeFamilies([family], "openmetrics")).toContain('# HELP fx_odd a\\\\b\\n\\"c\\"\n');
  });

  it("leaves out a family without series: what is not there is absent, and not 0", () => {
    expect(exposeFamilies([gaugeOf("fx_gpu_ratio", "None.", [])], "text")).toBe("");
    expect(exposeFamilies([], "openmetrics")).toBe("# EOF\n");
  });

  it("makes buckets cumulative up to +Inf, which is the count, with bounds as floats", () => {
    const samples = histogramSamples({ of: "a" }, [0.25, 1], { counts: [2, 0, 3], sum: 9.5 });
    const family: MetricFamily = { name: "fx_t_seconds", help: "T.", type: "histogram", samples };
    expect(exposeFamilies([family], "text")).toBe(
      lines(
        "# HELP fx_t_seconds T.",
        "# TYPE fx_t_seconds histogram",
        'fx_t_seconds_bucket{of="a",le="0.25"} 2',
        'fx_t_seconds_bucket{of="a",le="1.0"} 2',
        'fx_t_seconds_bucket{of="a",le="+Inf"} 5',
        'fx_t_seconds_sum{of="a"} 9.5',
        'fx_t_seconds_count{of="a"} 5',
      ),
    );
  });
});
