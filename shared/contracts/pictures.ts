import { z } from "zod";
import { SIDECAR_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer, textBody } from "./route/defineRoute.ts";

/** A curve of 600 points and its words have about 20 KiB. */
const MAX_SVG_BYTES = 1024 * 1024;

export const paintPng = defineRoute({
  family: SIDECAR_ROUTES,
  method: "POST",
  path: "/v1/pictures/png",
  summary: "the PNG of an SVG document",
  body: textBody("image/svg+xml", z.string().min(1), MAX_SVG_BYTES),
  answers: { 200: fileAnswer("image/png") },
});
