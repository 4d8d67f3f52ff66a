import { readFileSync } from "node:fs";

const BASE = "http://127.0.0.1:8787";

/** The Python under a heading of docs/your-data.md, as it stands there but for the stack that it asks. */
export function pageScript(heading: string, base: string): string {
  const page = readFileSync(new URL("../../../docs/your-data.md", import.meta.url), "utf8");
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  const [, script] = /```python\n([\s\S]*?)```/.exec(section) ?? [];
  if (script === undefined) throw new Error(`docs/your-data.md has no script under "${heading}"`);
  return script.replaceAll(BASE, base);
}
