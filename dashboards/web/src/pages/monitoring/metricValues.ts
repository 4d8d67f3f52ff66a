import type { Sample } from "./parseMetrics.ts";

type Where = Readonly<Record<string, string>>;

/** Samples of one metric with those labels. */
export function samplesOf(samples: readonly Sample[], name: string, where: Where = {}): Sample[] {
  return samples.filter(
    (sample) => sample.name === name && Object.entries(where).every(([label, value]) => sample.labels[label] === value),
  );
}

/** The value of the only sample of a metric; null: it is absent, which is not 0. */
export function gaugeValue(samples: readonly Sample[], name: string, where: Where = {}): number | null {
  return samplesOf(samples, name, where)[0]?.value ?? null;
}

/** The sum over a metric's samples; null where there is none. */
export function sumOf(samples: readonly Sample[], name: string, where: Where = {}): number | null {
  const found = samplesOf(samples, name, where);
  return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
}

/** Sums by the values of one label, in the order in which they are told. */
export function sumsBy(samples: readonly Sample[], name: string, label: string, where: Where = {}): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { labels, value } of samplesOf(samples, name, where)) {
    const key = labels[label];
    if (key !== undefined) sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return sums;
}

/**
 * A quantile of a histogram (`name` without _bucket), as Prometheus' histogram_quantile has it: between two bounds it is interpolated, and
 * beyond the last one it is that bound. Null where nothing was counted.
 */
export function quantileOf(samples: readonly Sample[], name: string, share: number, where: Where = {}): number | null {
  const buckets = [...sumsBy(samples, `${name}_bucket`, "le", where)]
    .map(([le, count]) => ({ bound: le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le), count }))
    .sort((one, other) => one.bound - other.bound);
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return null;
  const rank = share * total;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const { bound, count } = buckets[at]!;
  const { bound: low, count: before } = buckets[at - 1] ?? { bound: 0, count: 0 };
  if (bound === Number.POSITIVE_INFINITY) return at === 0 ? null : low;
  return count === before ? bound : low + ((bound - low) * (rank - before)) / (count - before);
}

/** Of counters told twice, what has been counted between: a counter that has begun anew counts from 0. Gauges stay as they are told last. */
export function countedBetween(former: readonly Sample[], latter: readonly Sample[]): Sample[] {
  const keyOf = ({ name, labels }: Sample) => `${name}${JSON.stringify(Object.entries(labels).sort())}`;
  const known = new Map(former.filter(isCounter).map((sample) => [keyOf(sample), sample.value]));
  return latter.map((sample) => {
    if (!isCounter(sample)) return sample;
    const before = known.get(keyOf(sample)) ?? 0;
    return { ...sample, value: sample.value >= before ? sample.value - before : sample.value };
  });
}

function isCounter({ name }: Sample): boolean {
  return /_(total|bucket|sum|count)$/.test(name);
}
