import { FIRST_REJECTS, type ImportedCandles } from "../../../shared/contracts/candleImport.ts";
import type { CandleChunk } from "./chunkCandles.ts";

/** A rejected line, as a person finds it again. */
export interface FirstReject {
  readonly path: string;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly text: string;
  readonly reason: string;
  readonly detail: string;
}

/** The first rejects of each reason over a whole import. */
export class RejectSamples {
  readonly #samples = new Map<string, FirstReject[]>();

  add(path: string, { origins }: CandleChunk, rejects: ImportedCandles["first_rejects"]): void {
    for (const { line, reason, detail } of rejects) {
      const origin = origins.at(line - 1);
      const kept = this.#samples.get(reason) ?? [];
      this.#samples.set(reason, kept);
      if (origin && kept.length < FIRST_REJECTS) kept.push({ path, ...origin, reason, detail });
    }
  }

  list(): readonly FirstReject[] {
    return [...this.#samples.values()].flat();
  }
}
