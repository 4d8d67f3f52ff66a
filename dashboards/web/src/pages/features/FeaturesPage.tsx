import type { PageProps } from "../../app/pageProps.ts";
import { setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { Switch } from "../../ui/Choice.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { CatalogueTab } from "./CatalogueTab.tsx";
import { DriftTab } from "./DriftTab.tsx";
import { FeatureOne } from "./FeatureOne.tsx";
import { FreshnessTab } from "./FreshnessTab.tsx";
import { RowTab } from "./RowTab.tsx";
import { ViewOne } from "./ViewOne.tsx";
import "./features.css";

const TABS = ["catalogue", "freshness", "drift", "row"] as const;
const TITLES = { catalogue: "Catalogue", freshness: "Freshness", drift: "Against training", row: "Row of a moment" } as const;
const SHOWN = { catalogue: CatalogueTab, freshness: FreshnessTab, drift: DriftTab, row: RowTab } as const;

/** The feature store: what there is and what it means, how fresh it is, how it changed since training, and the row of any moment. */
export function Page({ item, part }: PageProps) {
  if (item !== null && part !== null) return <FeatureOne view={item} feature={part} />;
  return item === null ? <Store /> : <ViewOne view={item} />;
}

function Store() {
  const tab = chosen("show", TABS, "catalogue");
  const Shown = SHOWN[tab];
  return (
    <>
      <PageHead title="Features">
        What models read: every figure with its formula, how old the newest is, whether it still looks as it did in training, and what it
        was at any moment.
      </PageHead>
      <div class="features-tabs">
        <Switch
          label="What is shown"
          value={tab}
          options={TABS.map((value) => ({ value, text: TITLES[value] }))}
          onChoose={(value) => setQuery({ show: value === "catalogue" ? null : value })}
        />
      </div>
      <div class="features-cards">
        <Shown />
      </div>
    </>
  );
}
