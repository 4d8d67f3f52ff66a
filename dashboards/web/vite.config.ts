import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { defineConfig, type Plugin, type ProxyOptions } from "vite";

const ROOT = resolve(import.meta.dirname, "../..");
/** Where the stack of `npm run dev:web` is. */
const SERVER = process.env["FX_URL"] ?? "http://127.0.0.1:8787";

/** The server changes nothing for pages of other origins: those of this one are its own here. */
const TO_SERVER: ProxyOptions = {
  target: SERVER,
  changeOrigin: true,
  configure: (proxy) =>
    proxy.on("proxyReq", (sent, { headers }) => {
      if (headers.origin === `http://${headers.host}`) sent.setHeader("origin", new URL(SERVER).origin);
    }),
};

/**
 * Writes down beside a build of which files it was made, and what they held: functions/local/assets/buildWeb.ts builds anew when one of them
 * is another.
 */
function recordOfSources(): Plugin {
  return {
    name: "record-of-sources",
    apply: "build",
    writeBundle({ dir }) {
      if (dir === undefined) return;
      const ids = [...this.getModuleIds()]
        .map((id) => id.split("?")[0]!)
        .filter((id) => id.startsWith(ROOT) && !id.includes("/node_modules/"));
      const own = ["dashboards/web/vite.config.ts", "dashboards/web/index.html", "package-lock.json"].map((path) => resolve(ROOT, path));
      const sources = [...new Set([...own, ...ids])].sort();
      const entries = sources.map((path) => [relative(ROOT, path), createHash("sha256").update(readFileSync(path)).digest("hex")]);
      writeFileSync(resolve(dir, "sources.json"), JSON.stringify(Object.fromEntries(entries)));
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "/ui/",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [recordOfSources()],
  build: {
    assetsInlineLimit: 0,
    target: "es2022",
    // One style sheet a page would come too late for the first paint.
    cssCodeSplit: false,
    // Of libraries that come with one kind of chart only.
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/predict", "/predictions", "/metrics", "/feedback", "/health", "/version", "/get-", "/stream"].map((path) => [
        path,
        TO_SERVER,
      ]),
    ),
  },
});
