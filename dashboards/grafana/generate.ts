import { writeFileSync } from "node:fs";
import { boardFiles } from "./boards.ts";

/** `npm run dashboards`: writes what Grafana is provisioned with. */
for (const [name, text] of boardFiles()) writeFileSync(new URL(`json/${name}`, import.meta.url), text);
