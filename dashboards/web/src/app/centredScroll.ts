/** Where along one axis, in px. */
export interface Extent {
  readonly start: number;
  readonly size: number;
}

/** How far a frame that is scrolled by `scrolled` px has to be, so that a thing within stands in its middle; browsers keep to the ends. */
export function centredScroll(thing: Extent, frame: Extent, scrolled: number): number {
  return Math.max(0, scrolled + thing.start + thing.size / 2 - (frame.start + frame.size / 2));
}
