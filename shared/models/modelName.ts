import { POOLED } from "../domain/pooled.ts";

/** A model that training registers, by what its name says. */
export interface NamedModel {
  /** POOLED of the one that is of several. */
  readonly instrument: string;
  readonly horizon_bars: number;
}

const NAME = /^fx-([a-z]{3})([a-z]{3})-predictor(?:-h([1-9]\d*))?$/;
/** How models were called before they had the names of the plan. Each was of one bar. */
const FORMER_NAME = /^[A-Z]{3}_[A-Z]{3}_direction_h1$/;

/** Registered model that predicts the direction of an instrument over so many bars: fx-usdsgd-predictor, and of five fx-usdsgd-predictor-h5. */
export function modelNameOf(instrument: string, horizon_bars = 1): string {
  return `fx-${instrument.replace("_", "").toLowerCase()}-predictor${horizon_bars === 1 ? "" : `-h${horizon_bars}`}`;
}

/** Which model of training's is meant by a name, the present or a former one; null: none could be. */
export function readModelName(name: string): NamedModel | null {
  const parts = NAME.exec(presentModelName(name));
  if (parts === null) return null;
  const [, base, quote, horizon = "1"] = parts;
  const instrument = `${base}${quote}` === POOLED ? POOLED : `${base}_${quote}`.toUpperCase();
  const named = { instrument, horizon_bars: Number(horizon) };
  return modelNameOf(named.instrument, named.horizon_bars) === presentModelName(name) ? named : null;
}

/** True of the names, former ones too, of the models that training registers: of those of a pair and a bar /predict is served. */
export function isServedName(name: string): boolean {
  return readModelName(name) !== null;
}

/** The name that a model has, by that or by its former one (USD_SGD_direction_h1): what was written down with it goes on leading there. */
export function presentModelName(name: string): string {
  return FORMER_NAME.test(name) ? modelNameOf(name.slice(0, 7)) : name;
}

/** Every name that was ever written down for a model: its own first. */
export function everyNameOf(name: string): readonly string[] {
  const present = presentModelName(name);
  const { instrument, horizon_bars } = readModelName(present) ?? { instrument: "", horizon_bars: 0 };
  return horizon_bars === 1 && instrument !== POOLED ? [present, `${instrument}_direction_h1`] : [present];
}
