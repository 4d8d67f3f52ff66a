import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { costCurve } from "./costCurve.ts";

/** `node drawCosts.ts REPORT PICTURE`: the report is what `npm run bench -- --only cloudflare-costs --json` prints. */
const [report = "", picture = ""] = process.argv.slice(2);
const rowSchema = z.object({ label: z.string(), values: z.object({ cloudflare: z.number(), turso: z.number(), total: z.number() }) });
const reportSchema = z.object({ date: z.string(), sections: z.array(z.object({ measured: z.array(rowSchema) })) });

const { date, sections } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
const costs = sections[0]!.measured.map(({ label, values }) => ({ growth: Number.parseInt(label, 10), ...values }));
writeFileSync(picture, costCurve(costs, `Counted on ${date.slice(0, 10)}; without predictions and the sidecar's machine`));
