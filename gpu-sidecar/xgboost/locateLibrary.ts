import { isAbsolute } from "node:path";
import { AppError } from "../../shared/errors.ts";
import { type CandidateInput, type LibraryCandidate, libraryCandidates } from "./libraryCandidates.ts";
import type { LibraryFacts } from "./libraryFacts.ts";

export interface LocatedLibrary extends LibraryFacts {
  readonly path: string;
}

export interface LocatorInput extends CandidateInput {
  readonly fileExists: (path: string) => boolean;
  /** Opens the library in a process of its own and reads its facts; rejects with the loader's reason. */
  readonly probe: (path: string) => Promise<LibraryFacts>;
}

export interface TriedPath {
  readonly path: string;
  readonly source: LibraryCandidate["source"];
  readonly reason: string;
}

export const SETUP_COMMAND = "npm run fx -- setup xgboost";

/** 2.0 brought `device`; below it the truth about the device cannot be read back. */
const OLDEST_MAJOR = 2;

/** The first candidate that loads and is new enough, or an error with every path tried and the command that mends it. */
export async function locateLibrary(input: LocatorInput): Promise<LocatedLibrary> {
  const tried: TriedPath[] = [];
  for (const candidate of libraryCandidates(input)) {
    const found = await tryCandidate(candidate, input);
    if (typeof found !== "string") return found;
    tried.push({ ...candidate, reason: found });
  }
  throw libraryMissing(tried);
}

async function tryCandidate({ path, source }: LibraryCandidate, input: LocatorInput): Promise<LocatedLibrary | string> {
  if ((isAbsolute(path) || source === "XGBOOST_LIB") && !input.fileExists(path)) return "no such file";
  try {
    const facts = await input.probe(path);
    return refuseOld(facts, input.env) ?? { path, ...facts };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refuseOld(facts: LibraryFacts, env: CandidateInput["env"]): string | null {
  const major = Number.parseInt(facts.version, 10);
  if (major >= OLDEST_MAJOR || env["XGBOOST_ALLOW_OLD"] === "1") return null;
  return `version ${facts.version} is older than ${OLDEST_MAJOR}.0 (XGBOOST_ALLOW_OLD=1 accepts it)`;
}

function libraryMissing(tried: readonly TriedPath[]): AppError {
  const lines = tried.map(({ path, source, reason }) => `  ${path} (${source}): ${reason}`);
  const only = tried[0]?.source === "XGBOOST_LIB";
  const advice = only
    ? `Correct XGBOOST_LIB, or unset it and run: ${SETUP_COMMAND}`
    : `Run: ${SETUP_COMMAND} (or set XGBOOST_LIB to a libxgboost of version 2.0 or newer)`;
  const message = `libxgboost was not found, so models cannot be trained. ${advice}\nTried:\n${lines.join("\n")}`;
  return new AppError("library_missing", message, { status: 503, details: { command: SETUP_COMMAND, tried } });
}
