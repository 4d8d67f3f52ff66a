import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run assets`, and with every `npm ci`: puts the files of Swagger UI, as its package has them, beside the page of /docs, for wrangler
 * to serve. They are not part of the repository.
 */
const FILES = {
  "swagger-ui-bundle.js": "swagger-ui-bundle.js",
  "swagger-ui.css": "swagger-ui.css",
  "favicon-32x32.png": "favicon.png",
};

const from = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
const to = fileURLToPath(new URL("../../../assets/docs", import.meta.url));
for (const [name, as] of Object.entries(FILES)) copyFileSync(join(from, name), join(to, as));
