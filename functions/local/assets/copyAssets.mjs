import { copyFileSync, cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run assets`, and with every `npm ci`: puts the files of Swagger UI, as its package has them, beside the page of /docs, and the alerts' runbooks where
 * /api/runbooks finds them, for wrangler to serve. They are not part of the repository, or not there.
 */
const FILES = {
  "swagger-ui-bundle.js": "swagger-ui-bundle.js",
  "swagger-ui.css": "swagger-ui.css",
  "favicon-32x32.png": "favicon.png",
};

const of = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const from = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
for (const [name, as] of Object.entries(FILES)) copyFileSync(join(from, name), join(of("assets/docs"), as));

// Those of alerts that are no more go.
rmSync(of("assets/runbooks"), { recursive: true, force: true });
cpSync(of("dashboards/runbooks"), of("assets/runbooks"), { recursive: true });
