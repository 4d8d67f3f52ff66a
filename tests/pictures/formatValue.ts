const SECONDS = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
  [1e-3, "ms"],
] as const;
const BYTES = [
  [2 ** 30, "GiB"],
  [2 ** 20, "MiB"],
  [2 ** 10, "KiB"],
  [1, "B"],
] as const;

/** A value in one of Grafana's units, about as Grafana writes it. */
export function formatValue(value: number, unit: string, decimals?: number): string {
  if (!Number.isFinite(value)) return "no data";
  if (unit === "percentunit") return `${rounded(value * 100, decimals ?? 1)} %`;
  if (unit === "s") return scaled(value, SECONDS);
  if (unit === "bytes") return scaled(value, BYTES);
  if (unit === "reqps") return `${rounded(value, 2)} req/s`;
  return rounded(value, decimals ?? (Number.isInteger(value) ? 0 : 2));
}

function scaled(value: number, scales: readonly (readonly [number, string])[]): string {
  const [scale, name] = scales.find(([size]) => Math.abs(value) >= size) ?? scales.at(-1)!;
  return value === 0 ? `0 ${scales.find(([size]) => size === 1)![1]}` : `${rounded(value / scale, value / scale < 10 ? 1 : 0)} ${name}`;
}

function rounded(value: number, decimals: number): string {
  return value.toFixed(decimals).replace("-", "−");
}
