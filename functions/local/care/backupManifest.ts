import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { AppError } from "../../../shared/errors.ts";
import { displayPath } from "../stack/store.ts";
import { writeWhole } from "../stack/writeWhole.ts";
import { jsonOrNull } from "../text/jsonOrNull.ts";

export const BACKUP_FORMAT = "fx-medallion-backup";
/** Raised with each change after which an older version could not bring a backup back. */
export const BACKUP_VERSION = 1;

/** A backup's folder holds this file, and the files of the store in this folder. */
export const MANIFEST_FILE = "manifest.json";
export const CONTENT_FOLDER = "store";

const fileSchema = z.strictObject({
  /** Below the folder of the store, with "/" in it. */
  path: z.string().refine((path) => path.split("/").every((part) => part !== "" && part !== "." && part !== ".."), "it leads elsewhere"),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupFile = z.infer<typeof fileSchema>;

const manifestSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  format_version: z.literal(BACKUP_VERSION),
  /** ISO, of when it was begun: all that was acknowledged by then is in it. */
  created_at: z.string(),
  /** The commit that it was made by; null where that is not known. */
  code_version: z.string().nullable(),
  market: z.enum(["sandbox", "real"]),
  /** The newest migration of its database, and how many it has. */
  schema: z.strictObject({ newest: z.string(), migrations: z.int() }),
  /** What is odd about it, in sentences. */
  notes: z.array(z.string()),
  files: z.array(fileSchema),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** Of a later version, this much is read. */
const anyVersionSchema = z.looseObject({ format: z.literal(BACKUP_FORMAT), format_version: z.int().positive() });

/** The manifest with a checksum of its own: what says how the files should be must be as it was written, too. */
const sealedSchema = z.looseObject({ manifest: anyVersionSchema, sha256: z.string() });

export function writeManifest(folder: string, manifest: BackupManifest): void {
  const sealed = { manifest, sha256: sha256Hex(JSON.stringify(manifest)) };
  writeWhole(join(folder, MANIFEST_FILE), `${JSON.stringify(sealed, null, 1)}\n`);
}

/** Throws not_found where there is no backup, unexpected_content where it is not as it was written, schema_mismatch where it is of a later version. */
export function readManifest(folder: string): BackupManifest {
  const where = displayPath(folder);
  const sealed = sealedSchema.safeParse(jsonOrNull(readOrThrow(folder)));
  if (!sealed.success) throw damaged(`${where}/${MANIFEST_FILE} is not the manifest of a backup`);
  const { manifest, sha256 } = sealed.data;
  if (manifest.format_version > BACKUP_VERSION) {
    const message = `The backup ${where} is of a newer version of fx-medallion (format ${manifest.format_version}, and this one reads ${BACKUP_VERSION}). Restore it with that version or a later one. Nothing was changed.`;
    throw new AppError("schema_mismatch", message);
  }
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success || sha256Hex(JSON.stringify(manifest)) !== sha256)
    throw damaged(`${where}/${MANIFEST_FILE} is not as it was written`);
  return parsed.data;
}

export function damaged(what: string): AppError {
  return new AppError("unexpected_content", `${what}: this backup is damaged, take another one. Nothing was changed.`);
}

function readOrThrow(folder: string): string {
  try {
    return readFileSync(join(folder, MANIFEST_FILE), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    throw new AppError("not_found", `${displayPath(folder)} is no backup: it has no ${MANIFEST_FILE}. One is made by fx backup FOLDER.`, {
      cause: error,
    });
  }
}
