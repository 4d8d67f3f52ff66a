import { writeFileSync } from "node:fs";
import { lexiconReadings } from "../unit/news/labelled/lexiconReadings.ts";

/** `npm run lexicon:record`: how the lexicon reads the labelled sentences now, for the test that holds it to that. A line a sentence. */
const lines = Object.entries(lexiconReadings()).map(([key, reading]) => `  ${JSON.stringify(key)}: ${JSON.stringify(reading)}`);
writeFileSync(new URL("../unit/news/labelled/readings.json", import.meta.url), `{\n${lines.join(",\n")}\n}\n`);
console.log(`${lines.length} readings written.`);
