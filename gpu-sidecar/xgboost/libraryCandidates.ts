import { join } from "node:path";

/** A place where libxgboost may be, and why it is looked for there. */
export interface LibraryCandidate {
  readonly path: string;
  readonly source: "XGBOOST_LIB" | "vendor" | "virtual environment" | "system";
}

export interface CandidateInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Folder of one vendored version: `<folder>/<variant>/xgboost/lib/libxgboost.so`. */
  readonly vendorDir: string;
  /** Names inside a folder; an empty list when it does not exist. */
  readonly listFolder: (path: string) => readonly string[];
}

/** A CUDA build also trains on the CPU, so it comes first. */
export const VENDOR_VARIANTS = ["cuda", "cu12", "cpu"] as const;

/** Every place to look, in order. `XGBOOST_LIB` is the user's word: then nothing else is tried. */
export function libraryCandidates(input: CandidateInput): LibraryCandidate[] {
  const chosen = input.env["XGBOOST_LIB"];
  if (chosen !== undefined && chosen !== "") return [{ path: chosen, source: "XGBOOST_LIB" }];
  return [...vendorCandidates(input), ...environmentCandidates(input), ...systemCandidates(input)];
}

function libraryFileName(platform: NodeJS.Platform): string {
  if (platform === "darwin") return "libxgboost.dylib";
  return platform === "win32" ? "xgboost.dll" : "libxgboost.so";
}

function vendorCandidates({ platform, vendorDir }: CandidateInput): LibraryCandidate[] {
  const file = libraryFileName(platform);
  return VENDOR_VARIANTS.map((variant) => ({ path: join(vendorDir, variant, "xgboost", "lib", file), source: "vendor" }));
}

/** Python's wheel keeps the library in site-packages/xgboost/lib, conda's libxgboost in lib. */
function environmentCandidates({ env, platform, listFolder }: CandidateInput): LibraryCandidate[] {
  const file = libraryFileName(platform);
  const roots = [env["VIRTUAL_ENV"], env["CONDA_PREFIX"]].filter((root): root is string => root !== undefined && root !== "");
  return roots.flatMap((root) => {
    const lib = join(root, "lib");
    const pythons = listFolder(lib).filter((name) => name.startsWith("python3"));
    const wheels = pythons.map((python) => join(lib, python, "site-packages", "xgboost", "lib", file));
    return [...wheels, join(lib, file)].map((path): LibraryCandidate => ({ path, source: "virtual environment" }));
  });
}

function systemCandidates({ platform, arch }: CandidateInput): LibraryCandidate[] {
  const file = libraryFileName(platform);
  const triplet = arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  const folders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    linux: ["/usr/local/lib", `/usr/lib/${triplet}`, "/usr/lib64", "/usr/lib"],
    darwin: ["/opt/homebrew/lib", "/usr/local/lib"],
  };
  // Debian's libxgboost0 has only the numbered name; the bare names go through the loader's own search path.
  const names = platform === "linux" ? [file, `${file}.0`] : [file];
  const paths = (folders[platform] ?? []).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...paths, ...names].map((path) => ({ path, source: "system" }));
}
