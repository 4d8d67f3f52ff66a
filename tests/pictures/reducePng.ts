import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE_BYTES = 8;
const COLORS = 256;

/** A screenshot with a palette of its most frequent colours, each other one as the nearest of them: a third of the bytes. 8-bit RGB or RGBA, not interlaced. */
export function reducePng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === "IHDR")!.data;
  const [width, height, channels] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6 ? 4 : 3];
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map((chunk) => chunk.data)));
  const pixels = colorsOf(unfiltered(data, height, width * channels, channels), channels);
  const counts = new Map<number, number>();
  for (const color of pixels) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([color]) => color)
    .slice(0, COLORS);
  const places = new Map([...counts.keys()].map((color) => [color, nearest(palette, color)]));
  const lines = Buffer.alloc(height * (width + 1));
  for (const [at, color] of pixels.entries()) lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = places.get(color)!;
  head[9] = 3;
  const plte = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  const made = [
    ["IHDR", head],
    ["PLTE", plte],
    ["IDAT", deflateSync(lines, { level: 9 })],
    ["IEND", Buffer.alloc(0)],
  ] as const;
  return Buffer.concat([png.subarray(0, SIGNATURE_BYTES), ...made.map(([type, bytes]) => chunk(type, bytes))]);
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** The PNG specification's filters 0 to 4, undone. */
function unfiltered(data: Buffer, height: number, stride: number, step: number): Buffer {
  const out = Buffer.alloc(height * stride);
  for (let line = 0; line < height; line++)
    for (let i = 0; i < stride; i++) {
      const at = line * stride + i;
      const left = i >= step ? out[at - step]! : 0;
      const up = line > 0 ? out[at - stride]! : 0;
      const corner = i >= step && line > 0 ? out[at - stride - step]! : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][data[line * (stride + 1)]!]!;
      out[at] = data[line * (stride + 1) + 1 + i]! + guess;
    }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function colorsOf(bytes: Buffer, channels: number): Uint32Array {
  return Uint32Array.from({ length: bytes.length / channels }, (_, at) => bytes.readUIntBE(at * channels, 3));
}

function nearest(palette: readonly number[], color: number): number {
  const away = (one: number) => [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((color >> shift) & 255)) ** 2, 0);
  return palette.reduce((best, one, at) => (away(one) < away(palette[best]!) ? at : best), 0);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
