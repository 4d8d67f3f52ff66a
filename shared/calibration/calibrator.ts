import { z } from "zod";

/**
 * How a served probability is made of the one that the trees give. Both are float32. In any other language, of the raw probability p:
 *
 *   none       p
 *   platt      1 / (1 + exp(-(slope ln(p / (1 - p)) + intercept)))
 *   isotonic   the line through the points (raw[i], calibrated[i]), constant beyond the outermost (numpy: interp(p, raw, calibrated))
 *
 * `rows` are the out-of-fold rows that it was fitted on.
 */
export const calibratorSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("platt"), slope: z.number().positive(), intercept: z.number(), rows: z.int() }),
  z.object({
    kind: z.literal("isotonic"),
    raw: z.array(z.number()).min(1),
    calibrated: z.array(z.number()).min(1),
    rows: z.int(),
  }),
]);
export type Calibrator = z.infer<typeof calibratorSchema>;
export type CalibratorKind = Calibrator["kind"];

export const NO_CALIBRATOR: Calibrator = { kind: "none" };

/** The probability that is served, a float32, of the trees' one. Allocates nothing: every answer comes through here. */
export function calibrate(calibrator: Calibrator, raw: number): number {
  if (calibrator.kind === "none") return raw;
  if (calibrator.kind === "isotonic") return Math.fround(interpolate(calibrator.raw, calibrator.calibrated, raw));
  return Math.fround(1 / (1 + Math.exp(-(calibrator.slope * Math.log(raw / (1 - raw)) + calibrator.intercept))));
}

/** The value at `x` of the line through points of ascending `xs`. */
function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  let [low, high] = [0, xs.length - 1];
  if (!(x > xs[low]!)) return ys[low]!;
  if (x >= xs[high]!) return ys[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  return ys[low]! + ((ys[high]! - ys[low]!) * (x - xs[low]!)) / (xs[high]! - xs[low]!);
}
