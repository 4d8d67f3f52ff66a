import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { checkModelFiles } from "../../../../gpu-sidecar/sentiment/checkModelFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "fx-model-files-"));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const good = file("good.gguf", "GGUF and more");
const text = file("weights.txt", "not weights");
const short = file("short.gguf", "GG");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.for([
  ["none configured", null, null, null],
  ["a base alone", good, null, null],
  ["both", good, good, null],
  ["no such base", join(folder, "none.gguf"), null, "FINGPT_BASE_GGUF: "],
  ["no such adapter", good, join(folder, "none.gguf"), "FINGPT_LORA_GGUF: "],
  ["another kind of file", text, null, "is not a GGUF file"],
  ["a file that was cut off", good, short, "is not a GGUF file"],
  ["a folder", folder, null, "cannot be read (EISDIR)"],
] as const)("%s", async ([, base, adapter, words]) => {
  const wrong = await checkModelFiles({ base, adapter });
  if (words === null) expect(wrong).toBeNull();
  else expect(wrong).toContain(words);
});
