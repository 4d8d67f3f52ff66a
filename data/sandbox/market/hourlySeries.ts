import { legsOf } from "../../../shared/domain/legs.ts";
import { likelierSignProbability } from "../../../shared/domain/plantedSignal.ts";
import { MISSING_HOUR_BY_HOUR, VOLATILITY_BY_HOUR } from "./activity.ts";
import { bitsAt, deriveKey, STREAM, toUniform } from "./counterHash.ts";
import { grown } from "./grown.ts";
import { isNewsCurrency, type NewsEvent, type NewsEvents } from "./newsEvents.ts";
import type { OpenHours } from "./openHours.ts";
import type { DirectPair } from "./pairs.ts";

/**
 * GARCH(1,1) of the hour's variance, in units of the pair's average: h' = OMEGA + ALPHA h size^2 + BETA h with E size^2 = 1,
 * so E h = 1 (Bollerslev 1986; the persistence of 0.99 is usual for hourly FX). Clipped far outside what it visits.
 */
const ALPHA = 0.09;
const BETA = 0.9;
const OMEGA = 1 - ALPHA - BETA;
const MAX_VARIANCE = 25;

/**
 * The hourly closes of one direct pair, simulated in order from the epoch, by index of OpenHours.
 *
 * The size of a move is Rayleigh distributed, `std x sqrt(-ln u)`: its density vanishes at 0, so a move smaller than one
 * tick is rare, and it is then made one tick. A traded bar therefore always moves, and rounding makes no ties. The sign is
 * the planted one (shared/domain/plantedSignal.ts), by the news event that governs the hour or else by the last sign, and
 * nothing else depends on it. An hour without trade keeps the price, the variance and the last sign.
 */
export class HourlySeries {
  readonly pair: DirectPair;
  readonly #hours: OpenHours;
  readonly #likelier: number;
  readonly #governing: (epoch_hour: number) => NewsEvent | null;
  readonly #base: string;
  readonly #keys: { readonly missing: number; readonly size: number; readonly sign: number };
  #closes = new Int32Array(0);
  #stds = new Float32Array(0);
  #traded = new Uint8Array(0);
  #count = 0;
  #variance = 1;
  #sign = 1;

  constructor(pair: DirectPair, hours: OpenHours, key: number, planted: { readonly signal: number; readonly events: NewsEvents }) {
    const { base, quote } = legsOf(pair.instrument);
    this.pair = pair;
    this.#hours = hours;
    this.#likelier = likelierSignProbability(planted.signal);
    this.#governing = planted.events.governing([base, quote].filter(isNewsCurrency));
    this.#base = base;
    this.#keys = {
      missing: deriveKey(key, STREAM.missing_bar),
      size: deriveKey(key, STREAM.size),
      sign: deriveKey(key, STREAM.sign),
    };
  }

  /** Simulates on until every known open hour has its close. */
  catchUp(): void {
    while (this.#count < this.#hours.count) this.#step(this.#count);
  }

  /** Mid at the end of the hour; at index -1, the price before the first. */
  closeOf(index: number): number {
    return index < 0 ? this.pair.start_ticks : this.#closes[index]!;
  }

  /** Standard deviation of the hour's return as a fraction: what the model expected before the hour. */
  stdOf(index: number): number {
    return this.#stds[index]!;
  }

  isTraded(index: number): boolean {
    return this.#traded[index] === 1;
  }

  #step(index: number): void {
    const hour = this.#hours.epochHourOf(index);
    const newYorkHour = this.#hours.newYorkHourOf(index);
    const previous = this.closeOf(index - 1);
    const std = (this.pair.hourly_std_bp / 10_000) * VOLATILITY_BY_HOUR[this.pair.profile][newYorkHour]! * Math.sqrt(this.#variance);
    const isMissing = toUniform(bitsAt(this.#keys.missing, hour)) < MISSING_HOUR_BY_HOUR[newYorkHour]!;
    this.#record(isMissing ? previous : this.#move(hour, previous, std), std, !isMissing);
  }

  #move(hour: number, previous: number, std: number): number {
    const squaredSize = -Math.log(toUniform(bitsAt(this.#keys.size, hour)));
    const isLikelier = toUniform(bitsAt(this.#keys.sign, hour)) < this.#likelier;
    this.#sign = (isLikelier ? 1 : -1) * this.#likelierSign(hour);
    this.#variance = Math.min(MAX_VARIANCE, OMEGA + (ALPHA * squaredSize + BETA) * this.#variance);
    return previous + this.#sign * Math.max(1, Math.round(previous * std * Math.sqrt(squaredSize)));
  }

  /** An event for the base currency raises the pair, one for the other lowers it. */
  #likelierSign(hour: number): number {
    const event = this.#governing(hour);
    if (event === null) return -this.#sign;
    return event.currency === this.#base ? event.direction : -event.direction;
  }

  #record(close: number, std: number, isTraded: boolean): void {
    this.#closes = grown(this.#closes, this.#count);
    this.#stds = grown(this.#stds, this.#count);
    this.#traded = grown(this.#traded, this.#count);
    this.#closes[this.#count] = close;
    this.#stds[this.#count] = std;
    this.#traded[this.#count] = isTraded ? 1 : 0;
    this.#count += 1;
  }
}
