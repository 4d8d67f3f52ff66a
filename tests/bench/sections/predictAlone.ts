import { batchRow } from "../batchRow.ts";
import { countLogged, loggedRow } from "../loggedRow.ts";
import { measurePredict } from "../predictLoad.ts";
import type { Section } from "../section.ts";
import { startServing } from "../servingHost.ts";

export const predictAlone: Section = {
  name: "predict-alone",
  work: "POST /predict, the host of fx serve alone",
  note: "both Workers, the journal and sqld, no pipelines, a model of nightly size",
  peer: "-",
  budget: "-",
  run: async () => {
    const serving = await startServing();
    try {
      const rows = await measurePredict(serving.url, {
        one: "p50 <= 0.7 ms, p95 <= 2 ms",
        rate: "p50 <= 1, p95 <= 3, p99 <= 6 ms",
        saturation: ">= 3,000 req/s",
      });
      await serving.flush();
      const logged = loggedRow("the log after that", await countLogged(serving.database), rows);
      return [...rows, logged, await batchRow(serving.url, false), await batchRow(serving.url, true)];
    } finally {
      await serving.stop();
    }
  },
};
