/** Makes pictures that every viewer shows of those that the pipelines draw. */
export interface Painter {
  /** The PNG of an SVG document, in its own size. Equal documents give equal bytes. */
  png(svg: string): Promise<Uint8Array>;
}
