import { modelNameOf } from "../models/modelName.ts";

/** Instruments by the subjects of readings that are theirs: an instrument, or its model. */
export function instrumentsBySubject(instruments: readonly string[]): ReadonlyMap<string, string> {
  return new Map(instruments.flatMap((instrument) => [[instrument, instrument] as const, [modelNameOf(instrument), instrument] as const]));
}

/** The label `instrument` of a subject; no label where the subject is no instrument's. */
export function instrumentOf(subject: string, instruments: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const instrument = instruments.get(subject) ?? instruments.get(subject.slice(0, "EUR_USD".length));
  return instrument === undefined ? {} : { instrument };
}
