import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

export interface MachineFacts {
  readonly date: string;
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly cpu: string;
  readonly memory_gb: number;
  /** One-minute load average before the bench: what else was using the cores. */
  readonly load_at_start: number;
}

export function machineFacts(): MachineFacts {
  return {
    date: new Date().toISOString(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    memory_gb: totalmem() / 2 ** 30,
    load_at_start: loadavg()[0] ?? Number.NaN,
  };
}

export function renderHeader(facts: MachineFacts): string {
  const { date, node, platform, cores, cpu, memory_gb, load_at_start } = facts;
  const busy = load_at_start > 0.5 ? " (the machine is not idle: figures are worse than they would be)" : "";
  return [
    `fx-medallion bench, ${date}, Node ${node}, ${platform}`,
    `${cores} cores, ${cpu}, ${memory_gb.toFixed(0)} GB; load at start ${load_at_start.toFixed(2)}${busy}`,
    "The load generator and the data that is written first share these cores with what is measured.",
  ].join("\n");
}
