import type { Instant } from "../domain/instant.ts";

/** How far two programs that sum the same trees may differ: a runtime adds leaves in an order of its own. */
export const ONNX_TOLERANCE = 1e-6;

export interface OnnxDifference {
  readonly event_time: Instant;
  readonly served: number;
  readonly onnx: number;
}

export interface OnnxParity {
  readonly rows: number;
  /** Ascending in time. */
  readonly differing: readonly OnnxDifference[];
  /** Of all rows; 1 for what is no number. */
  readonly largest_difference: number;
}

/** Holds the probabilities of the ONNX file against those that are served of the same rows. One that is missing or no number differs. */
export function onnxParity(event_times: ArrayLike<Instant>, served: ArrayLike<number>, onnx: ArrayLike<number>): OnnxParity {
  const differing: OnnxDifference[] = [];
  let largest_difference = 0;
  for (let row = 0; row < served.length; row++) {
    const said = onnx[row] ?? Number.NaN;
    const difference = Math.abs(said - served[row]!);
    largest_difference = Math.max(largest_difference, Number.isNaN(difference) ? 1 : difference);
    if (!(difference <= ONNX_TOLERANCE)) differing.push({ event_time: event_times[row]!, served: served[row]!, onnx: said });
  }
  return { rows: served.length, differing, largest_difference };
}
