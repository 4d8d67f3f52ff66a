import type { Instant } from "../domain/instant.ts";

/** The only source of the present. Steps do not read it for data: their `now` is the window's end. */
export interface Clock {
  now(): Instant;
}
