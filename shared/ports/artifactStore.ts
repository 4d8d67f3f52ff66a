/** Files of runs and models as their clients know them: by paths, in folders, which may be written again and deleted. */

export interface ArtifactEntry {
  /** Its name within the folder. */
  readonly path: string;
  readonly is_dir: boolean;
  /** In bytes; null of a folder. */
  readonly file_size: number | null;
}

export interface ArtifactFile {
  readonly body: ReadableStream<Uint8Array>;
  readonly bytes: number;
}

export interface ArtifactStore {
  /** `body` as a stream must have said its length: one that has not is read first. */
  put(path: string, body: ReadableStream<Uint8Array> | Uint8Array, content_type: string): Promise<void>;
  get(path: string): Promise<ArtifactFile | null>;
  /** What is in a folder, "" being the root, by name; empty where there is none. */
  list(path: string): Promise<readonly ArtifactEntry[]>;
  /** A file, or a folder with all that is in it. */
  delete(path: string): Promise<void>;
}
