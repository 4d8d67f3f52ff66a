import { fileURLToPath } from "node:url";
import { buildWeb } from "./buildWeb.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** `npm run build:web`: the web application, where its sources have changed. */
const took_ms = await buildWeb(ROOT, process.env as Record<string, string>, new AbortController().signal);
console.log(
  took_ms === null ? "The web application is built already." : `The web application is built, in ${(took_ms / 1_000).toFixed(1)} s.`,
);
