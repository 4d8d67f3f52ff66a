import { numberOf } from "../../format/number.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { samplesOf, sumsBy } from "../monitoring/metricValues.ts";
import { ENGINES } from "../news/directionText.ts";
import { SidecarTable } from "./SidecarTable.tsx";
import type { SidecarSamples } from "./samplesBySidecar.ts";

const JOBS = "fx_sidecar_jobs";
const ARTICLES = "fx_sidecar_articles";

/** The training jobs and the articles of each sidecar. */
export function SidecarWork({ sidecars }: { readonly sidecars: readonly SidecarSamples[] }) {
  const [only, ...others] = sidecars;
  return only === undefined || others.length > 0 ? <OfSeveral sidecars={sidecars} /> : <OfOne sidecar={only} />;
}

function OfSeveral({ sidecars }: { readonly sidecars: readonly SidecarSamples[] }) {
  return (
    <>
      <SidecarTable caption="Training jobs" rows={sidecars} columns={statesOf(sidecars, JOBS, (state) => `jobs ${state}`)} />
      <SidecarTable
        caption="Articles"
        rows={sidecars}
        columns={[{ name: "reader of the news", show: readerOf }, ...statesOf(sidecars, ARTICLES, (state) => `articles ${state}`)]}
      />
    </>
  );
}

/** A column of each state that any of them tells. */
function statesOf(sidecars: readonly SidecarSamples[], metric: string, nameOf: (state: string) => string): Column<SidecarSamples>[] {
  const states = new Set(sidecars.flatMap(({ own }) => [...sumsBy(own, metric, "state").keys()]));
  return [...states].map((state) => ({
    name: nameOf(state),
    show: ({ own }) => numberOf(sumsBy(own, metric, "state").get(state), { digits: 0 }),
    is_number: true,
  }));
}

function OfOne({ sidecar }: { readonly sidecar: SidecarSamples }) {
  const rowsOf = (metric: string, what: string) =>
    [...sumsBy(sidecar.own, metric, "state")].map(([state, value]) => ({ what, state, value }));
  return (
    <>
      <p class="monitoring-normal">Reader of the news: {readerOf(sidecar)}.</p>
      <Table
        caption="Work of the sidecar"
        rows={[...rowsOf(JOBS, "training jobs"), ...rowsOf(ARTICLES, "articles")]}
        keyOf={({ what, state }) => `${what}/${state}`}
        empty="The sidecar has no work."
        columns={[
          { name: "what", show: ({ what }) => what, is_head: true },
          { name: "state", show: ({ state }) => state },
          { name: "how many", show: ({ value }) => numberOf(value, { digits: 0 }), is_number: true },
        ]}
      />
    </>
  );
}

function readerOf({ own }: SidecarSamples): string {
  const engine = samplesOf(own, "fx_sidecar_reader_info")[0]?.labels["engine"];
  return engine === undefined ? "none" : (ENGINES[engine]?.name ?? engine);
}
