import { html } from "hono/html";
import { NEWS_SITES } from "../news/sites.ts";

export interface SandboxStatus {
  readonly [field: string]: unknown;
}

/** GET /sandbox for a browser: the same fields as its JSON, one a row. */
export function renderStatusPage(status: SandboxStatus): ReturnType<typeof html> {
  const rows = Object.entries(status).map(([field, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return html`<tr><th scope="row">${field}</th><td><code>${text}</code></td></tr>`;
  });
  return html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8" /><title>fx-medallion sandbox</title></head>
      <body>
        <h1>Sandbox</h1>
        <p>A simulated market behind OANDA's v20 candles endpoint, and four news sites that report what moves it. Nothing here is a real price or has happened.</p>
        <table>${rows}</table>
        <ul>${NEWS_SITES.map(({ id, name }) => html`<li><a href="/news/${id}/">${name}</a></li>`)}</ul>
      </body>
    </html>`;
}
