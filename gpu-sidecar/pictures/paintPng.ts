import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { AppError } from "../../shared/errors.ts";

const packages = createRequire(import.meta.url);
const FAMILY = "DejaVu Sans";

interface Painter {
  readonly font: Uint8Array;
}

let ready: Promise<Painter> | undefined;

/** The library and its one font are read for the first picture: a sidecar that paints nothing holds neither. */
async function prepare(): Promise<Painter> {
  const [library, font] = await Promise.all([
    readFile(packages.resolve("@resvg/resvg-wasm/index_bg.wasm")),
    readFile(packages.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")),
  ]);
  await initWasm(library);
  return { font };
}

/**
 * The PNG of an SVG document in its own size. No font of the machine is looked at, so that a document has the same bytes everywhere.
 * Throws invalid_request for what is no SVG.
 */
export async function paintPng(svg: string): Promise<Uint8Array> {
  ready ??= prepare();
  const { font } = await ready;
  const picture = open(svg, font);
  try {
    const image = picture.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    picture.free();
  }
}

function open(svg: string, font: Uint8Array): InstanceType<typeof Resvg> {
  try {
    return new Resvg(svg, { font: { fontBuffers: [font], defaultFontFamily: FAMILY, sansSerifFamily: FAMILY } });
  } catch (cause) {
    throw new AppError("invalid_request", `The document cannot be painted: ${cause instanceof Error ? cause.message : String(cause)}`, {
      status: 422,
      cause,
    });
  }
}
