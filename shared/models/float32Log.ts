import { fusedMultiplyAdd } from "./fusedMultiplyAdd.ts";

/** Sixteen pairs (1/c, ln c) for points c that cover one octave starting at 0.699. */
const CENTRES: readonly (readonly [inverse: number, log: number])[] = [
  [1.398907162146528, -0.33569133332882284],
  [1.3403141896637998, -0.2929040563774074],
  [1.286432210124115, -0.2518726580937369],
  [1.2367150214269895, -0.21245868807117255],
  [1.1906977166711752, -0.17453945183745634],
  [1.1479821020556429, -0.1380057072319758],
  [1.1082251448272158, -0.10275976698545139],
  [1.0711297413057381, -0.06871392447020525],
  [1.036437278977283, -0.0357891387398228],
  [1.0, 0.0],
  [0.9492859795739057, 0.05204517742929496],
  [0.8951049428609004, 0.11081431298787942],
  [0.8476821620351103, 0.1652495223695143],
  [0.8050314851692001, 0.21687389031699977],
  [0.7664671008843108, 0.2659635028121397],
  [0.731428603316328, 0.3127556664073557],
];
/** Minimax polynomial: log1p(r) = r + r^2 (SQUARE + r CUBIC + r^2 QUARTIC). */
const QUARTIC = -0.25089342214237154;
const CUBIC = 0.333456765744066;
const SQUARE = -0.4999997485802103;

/** Bits of the float32 0.699, where the table's octave starts. */
const OCTAVE_START = 0x3f330000;
const SMALLEST_NORMAL = 2 ** -126;

const bits = new DataView(new ArrayBuffer(4));

/**
 * `logf` of the GNU C library (2.27 and later, CPUs with FMA), bit for bit, for a positive normal finite float32 `x`.
 * XGBoost's logit calls it; with 0.818 ulp it is not correctly rounded: `Math.fround(Math.log(x))` differs
 * for one argument in a thousand.
 *
 * x = 2^k z with z in [0.699, 1.398); c is the table's point near z and r = z/c - 1, so ln x = k ln 2 + ln c + log1p(r).
 * Reference: ARM optimized-routines math/logf.c and logf_data.c (16 points, order 4), which glibc took over.
 */
export function float32Log(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`float32Log takes positive normal finite numbers, not ${x}`);
  }
  bits.setFloat32(0, x);
  const x_bits = bits.getUint32(0);
  const offset = (x_bits - OCTAVE_START) | 0;
  const k = offset >> 23;
  bits.setUint32(0, x_bits - (k << 23));
  const z = bits.getFloat32(0);
  const [inverse, log] = CENTRES[(offset >>> 19) & 15]!;
  const r = fusedMultiplyAdd(z, inverse, -1);
  const r2 = r * r;
  const tail = fusedMultiplyAdd(QUARTIC, r2, fusedMultiplyAdd(CUBIC, r, SQUARE));
  return Math.fround(fusedMultiplyAdd(tail, r2, fusedMultiplyAdd(k, Math.LN2, log) + r));
}
