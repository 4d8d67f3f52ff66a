/** What identifies a series of a metric beside its name: few values each, none of them of a caller's choosing. */
export type MetricLabels = Readonly<Record<string, string>>;

export interface MetricSample {
  /** Behind the family's name: "_total", "_bucket", "_sum", "_count". Absent: the name itself. */
  readonly suffix?: string;
  readonly labels: MetricLabels;
  readonly value: number;
}

/** A metric with everything that is known of it, as Prometheus' text formats have it. */
export interface MetricFamily {
  /** Without the "_total" of a counter, which its samples have. Units are base units, and end the name. */
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly MetricSample[];
}

/** A gauge of one series. */
export function gauge(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: "gauge", samples: [{ labels: {}, value }] };
}

/** A gauge of a series a row. */
export function gaugeOf(name: string, help: string, samples: readonly (readonly [MetricLabels, number])[]): MetricFamily {
  return { name, help, type: "gauge", samples: samples.map(([labels, value]) => ({ labels, value })) };
}

/** A counter of a series a row. `name` is without "_total". */
export function counterOf(name: string, help: string, samples: readonly (readonly [MetricLabels, number])[]): MetricFamily {
  return { name, help, type: "counter", samples: samples.map(([labels, value]) => ({ suffix: "_total", labels, value })) };
}
