import { readFileSync } from "node:fs";

const BASE = "http://127.0.0.1:8787";

/** The code of a language under a heading of a page of docs, as it stands there but for the stack that it asks. */
export function pageScript(heading: string, base: string, { page = "your-data", language = "python" } = {}): string {
  const text = readFileSync(new URL(`../../../docs/${page}.md`, import.meta.url), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  const script = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1];
  if (script === undefined) throw new Error(`docs/${page}.md has no ${language} under "${heading}"`);
  return script.replaceAll(BASE, base);
}
