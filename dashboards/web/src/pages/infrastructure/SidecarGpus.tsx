import { State } from "../../ui/State.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { gaugeValue, samplesOf } from "../monitoring/metricValues.ts";
import { showBytes, showShare } from "../monitoring/readingForm.ts";
import { SidecarTable } from "./SidecarTable.tsx";
import type { SidecarSamples } from "./samplesBySidecar.ts";

const GPU = "fx_sidecar_gpu_";

interface GpuRow extends SidecarSamples {
  /** Null of a sidecar that has none. */
  readonly gpu: string | null;
  readonly gpu_name: string;
}

const COLUMNS: readonly Column<GpuRow>[] = [
  {
    name: "GPU",
    show: ({ gpu, gpu_name }) => (gpu === null ? <State tone="none">no GPU here</State> : `${gpu} ${gpu_name}`),
  },
  { name: "works", show: (row) => showShare(told(row, "utilization_ratio")), is_number: true },
  { name: "memory in use", show: (row) => showBytes(told(row, "memory_used_bytes")), is_number: true },
  { name: "memory", show: (row) => showBytes(told(row, "memory_size_bytes")), is_number: true },
];

/** The GPUs of each sidecar. */
export function SidecarGpus({ sidecars }: { readonly sidecars: readonly SidecarSamples[] }) {
  const rows = sidecars.flatMap(gpusOf);
  const lacks = rows.some(({ is_up, gpu }) => is_up && gpu === null);
  if (sidecars.length > 1) {
    return (
      <>
        <SidecarTable caption="GPUs" rows={rows} keyOf={({ name, gpu }) => `${name}/${gpu}`} columns={COLUMNS} />
        {lacks && <p class="about">Where nvidia-smi finds none, it trains and reads on the processor. That is not 0 %.</p>}
      </>
    );
  }
  if (lacks) {
    return (
      <p>
        <State tone="none">no GPU here</State> The sidecar finds none (nvidia-smi): it trains and reads on the processor. That is not 0 %.
      </p>
    );
  }
  const [first, ...others] = COLUMNS;
  return <Table caption="GPUs" rows={rows} keyOf={({ gpu }) => gpu ?? ""} columns={[{ ...first!, is_head: true }, ...others]} />;
}

function gpusOf(sidecar: SidecarSamples): GpuRow[] {
  const samples = ["memory_size_bytes", "utilization_ratio"].flatMap((what) => samplesOf(sidecar.own, `${GPU}${what}`));
  const names = new Map(samples.map(({ labels }) => [labels["gpu"] ?? "", labels["name"] ?? ""]));
  if (names.size === 0) return [{ ...sidecar, gpu: null, gpu_name: "" }];
  return [...names].map(([gpu, gpu_name]) => ({ ...sidecar, gpu, gpu_name }));
}

function told({ own, gpu }: GpuRow, what: string): number | null {
  return gpu === null ? null : gaugeValue(own, `${GPU}${what}`, { gpu });
}
