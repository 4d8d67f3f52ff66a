import { numberOf } from "../../format/number.ts";
import { Figure } from "../../ui/Figure.tsx";
import type { Column } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { gaugeValue } from "../monitoring/metricValues.ts";
import { showBytes } from "../monitoring/readingForm.ts";
import { SidecarTable } from "./SidecarTable.tsx";
import type { SidecarSamples } from "./samplesBySidecar.ts";

const FIGURES: readonly Column<SidecarSamples>[] = [
  { name: "resident", show: ({ own }) => showBytes(gaugeValue(own, "process_resident_memory_bytes")), is_number: true },
  {
    name: "processor time",
    show: ({ own }) => numberOf(gaugeValue(own, "process_cpu_seconds_total"), { digits: 0, unit: "s" }),
    is_number: true,
  },
  { name: "started", show: Started },
];

/** What the own process of each sidecar takes. */
export function SidecarMemory({ sidecars }: { readonly sidecars: readonly SidecarSamples[] }) {
  const [only, ...others] = sidecars;
  if (only === undefined || others.length > 0) return <SidecarTable caption="Memory of the sidecars" rows={sidecars} columns={FIGURES} />;
  return (
    <div class="figures">
      {FIGURES.map(({ name, show }) => (
        <Figure key={String(name)} name={String(name)}>
          {show(only)}
        </Figure>
      ))}
    </div>
  );
}

function Started({ own }: SidecarSamples) {
  const started = gaugeValue(own, "process_start_time_seconds");
  return <Time at={started === null ? null : started * 1_000} with_age />;
}
