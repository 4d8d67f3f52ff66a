import type { PredictResponse } from "../../shared/contracts/predict.ts";
import type { Unavailable } from "../../shared/contracts/stream.ts";
import { type Instant, SECOND } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import type { AppError } from "../../shared/errors.ts";
import { sumOfRows, writeSeen } from "../../shared/online/seenFeatures.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { OnlineRows } from "../../shared/ports/onlineStore.ts";

/** How often the online store is looked at: as long as this isolate keeps what it read of it. */
export const LOOK_MS = SECOND;
/** Proxies close what says nothing for half a minute or a minute. */
const BEAT_MS = 15 * SECOND;
/** There was nothing in the online store. */
const NOTHING = "00000000";

/** Whoever is told. */
export interface EventTarget {
  is_open(): boolean;
  tell(event: { readonly event: string; readonly id: string; readonly data: string }): Promise<void>;
  /** Says that there is nothing to say. */
  beat(): Promise<void>;
}

export interface TellOptions {
  readonly clock: Clock;
  read(instrument: Instrument): Promise<OnlineRows | null>;
  answer(instrument: Instrument): Promise<PredictResponse>;
  /** An error as a caller is told of it. */
  translate(error: unknown): AppError;
  sleep(ms: number): Promise<void>;
}

interface Told {
  /** What the features were that it was told of. */
  readonly sum: string;
  /** Why there was no prediction; null: there was one. */
  readonly refusal: string | null;
}

/**
 * Tells a prediction of each instrument whose features are not those of `seen`, and another each time they change, until the target closes.
 *
 * A change is told a look later than it is seen: what answers has read the store up to a second before. Where there is no prediction that is
 * told once, and looked at again with every beat: a model may be promoted without any feature changing.
 */
export async function tellPredictions(
  target: EventTarget,
  instruments: readonly Instrument[],
  seen: ReadonlyMap<Instrument, string>,
  options: TellOptions,
): Promise<void> {
  const resumed = [...seen].filter(([instrument]) => instruments.includes(instrument));
  const told = new Map<Instrument, Told>(resumed.map(([instrument, sum]) => [instrument, { sum, refusal: null }]));
  const changed = new Map<Instrument, string>();
  let beat_at: Instant = options.clock.now();
  while (target.is_open()) {
    const is_beat = options.clock.now() - beat_at >= BEAT_MS;
    let has_told = false;
    for (const instrument of instruments) {
      const before = told.get(instrument);
      const sum = await sumOf(options, instrument, before?.sum ?? NOTHING);
      const is_tried_again = is_beat && before?.refusal != null;
      if (before?.sum === sum && !is_tried_again) continue;
      if (before && !is_tried_again && changed.get(instrument) !== sum) {
        changed.set(instrument, sum);
        continue;
      }
      const next = await eventOf(options, instrument);
      changed.delete(instrument);
      told.set(instrument, { sum, refusal: next.refusal });
      if (next.refusal !== null && next.refusal === before?.refusal) continue;
      const id = writeSeen(new Map([...told].map(([name, one]) => [name, one.sum])));
      await target.tell({ event: next.event, id, data: JSON.stringify(next.data) });
      has_told = true;
    }
    if (is_beat && !has_told) await target.beat();
    if (is_beat || has_told) beat_at = options.clock.now();
    if (target.is_open()) await options.sleep(LOOK_MS);
  }
}

/** A store that does not answer is taken to be as it was: that is no change of features, and whether there is an answer the answer says. */
async function sumOf({ read }: TellOptions, instrument: Instrument, before: string): Promise<string> {
  try {
    const rows = await read(instrument);
    return rows === null ? NOTHING : sumOfRows(rows);
  } catch {
    return before;
  }
}

async function eventOf(
  { answer, translate }: TellOptions,
  instrument: Instrument,
): Promise<{ event: string; refusal: string | null; data: PredictResponse | Unavailable }> {
  try {
    return { event: "prediction", refusal: null, data: await answer(instrument) };
  } catch (error) {
    const { code, message } = translate(error);
    return { event: "unavailable", refusal: code, data: { instrument, code, message } };
  }
}
