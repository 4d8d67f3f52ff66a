/** Files of web pages that come with the code: their scripts, styles and pictures. */
export interface PageFiles {
  /** Null where there is none at that path, as /docs/docs.js is one. */
  read(path: `/${string}`): Promise<PageFile | null>;
}

export interface PageFile {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
  /** Another one for other bytes, between quotes; null where nobody keeps one. */
  readonly etag: string | null;
}
