import { paintPng } from "../../shared/contracts/pictures.ts";
import { requestOf } from "../../shared/contracts/route/requestOf.ts";
import type { Painter } from "../../shared/ports/painter.ts";
import { type SidecarOptions, sendBytes } from "./sidecarRequest.ts";

/**
 * The sidecar's painting over HTTP. It is done there and not in the Worker, to whose every isolate the painter and its font would add 3 MB:
 * pictures are made where models are trained, and the sidecar has to be there for that anyway.
 */
export function createSidecarPainter(options: SidecarOptions): Painter {
  return { png: (svg) => sendBytes(options, requestOf(paintPng, { body: svg })) };
}
