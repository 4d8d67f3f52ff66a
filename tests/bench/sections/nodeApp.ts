import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startSqld } from "../../support/databases/sqldProcess.ts";
import { batchRow } from "../batchRow.ts";
import { digits } from "../figures.ts";
import { countLogged, loggedRow } from "../loggedRow.ts";
import { measurePredict } from "../predictLoad.ts";
import { memoryOf } from "../processMemory.ts";
import type { Measured, Section } from "../section.ts";

const CHILD = fileURLToPath(new URL("../nodeAppChild.ts", import.meta.url));
const NODE_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];

export const nodeApp: Section = {
  name: "predict-node",
  work: "POST /predict, the same app on Node",
  note: "online store and lake in memory, real sqld, predictions sent to its log in the background, a model of nightly size",
  peer: "-",
  budget: "-",
  run: async () => {
    const sqld = await startSqld();
    const child = spawn(process.execPath, [...NODE_FLAGS, CHILD, sqld.url], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    try {
      const [text] = (await Promise.race([
        once(child.stdout, "data"),
        ended.then(([code]) => Promise.reject(new Error(`the app ended with code ${code}`))),
      ])) as [Buffer];
      const url = text.toString().trim();
      const rows = await measurePredict(url, { one: "-", rate: "-", saturation: ">= 12,000 req/s" });
      const { rss_mb } = memoryOf([child.pid ?? -1]);
      const memory: Measured = { label: "memory right after", text: `${digits(rss_mb)} MB RSS`, values: { rss_mb } };
      const logged = loggedRow("the log right after", await countLogged(sqld.database), rows);
      return [...rows, logged, memory, await batchRow(url, false), await batchRow(url, true)];
    } finally {
      child.kill("SIGKILL");
      await ended.catch(() => undefined);
      await sqld.stop();
    }
  },
};
