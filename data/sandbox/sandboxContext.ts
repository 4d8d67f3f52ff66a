import type { createClock } from "../../shared/domain/clock.ts";
import type { Market } from "./candles/priceFeed.ts";
import type { FaultQueue } from "./http/faults.ts";
import type { PolitenessWitness } from "./news/http/politenessWitness.ts";
import type { Newsroom } from "./news/newsroom.ts";

/** What the routes of the sandbox share. */
export interface SandboxContext {
  readonly market: Market;
  readonly newsroom: Newsroom;
  readonly witness: PolitenessWitness;
  readonly clock: ReturnType<typeof createClock>;
  readonly faults: FaultQueue;
  readonly token: string;
  readonly seed: number;
  readonly signal: number;
  /** Instruments whose candles are recorded ones. */
  readonly replayed: readonly string[];
  readonly requests_per_second: number;
  readonly sleep: (delay_ms: number) => Promise<void>;
}
