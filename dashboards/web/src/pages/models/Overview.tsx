import { PageHead } from "../../ui/PageHead.tsx";
import { Experiments } from "./Experiments.tsx";
import { RegisteredModels } from "./RegisteredModels.tsx";

export function Overview() {
  return (
    <>
      <PageHead title="Models">
        Which version answers for each pair, and what it may claim. Every figure is of rows that the model had not seen, outside the hours
        around 17:00 in New York (the rollover), where spreads are several times as wide.
      </PageHead>
      <div class="cards">
        <RegisteredModels />
        <Experiments />
      </div>
    </>
  );
}
