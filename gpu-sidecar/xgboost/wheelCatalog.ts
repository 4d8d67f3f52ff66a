import type { VENDOR_VARIANTS } from "./libraryCandidates.ts";
import catalog from "./wheels.json" with { type: "json" };

export type LibraryVariant = (typeof VENDOR_VARIANTS)[number];

/** An official wheel of one platform; `sha256` is the whole file's, kept here so that no registry has to be trusted. */
export interface Wheel {
  readonly variant: LibraryVariant;
  readonly platform: string;
  readonly arch: string;
  readonly package: string;
  readonly tag: string;
  readonly file: string;
  readonly sha256: string;
}

export interface WheelCatalog {
  readonly version: string;
  readonly python_version: string;
  readonly wheels: readonly Wheel[];
}

export const wheelCatalog = catalog as WheelCatalog;

/** The wheel of a platform, or null where none is pinned. */
export function findWheel(variant: LibraryVariant, platform: string, arch: string): Wheel | null {
  return wheelCatalog.wheels.find((wheel) => wheel.variant === variant && wheel.platform === platform && wheel.arch === arch) ?? null;
}

/** Python's own client, told to take this one file and nothing with it. */
export function pipDownloadArguments(wheel: Wheel, folder: string): string[] {
  const selection = ["--no-deps", "--only-binary=:all:", "--python-version", wheelCatalog.python_version, "--platform", wheel.tag];
  const quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--timeout", "20", "--retries", "2"];
  return ["-m", "pip", "download", ...selection, ...quiet, "-d", folder, `${wheel.package}==${wheelCatalog.version}`];
}
