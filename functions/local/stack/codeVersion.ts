import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";

export type RunGit = (args: readonly string[]) => string;

/**
 * The commit that the repository's folder stands at, with "+changes" where tracked files differ from it: what a training is recorded with.
 * Null where there is no git, or the folder is none of its work trees (a copy without history, or one within another repository).
 */
export function codeVersion(root: string, git: RunGit = gitIn(root)): string | null {
  try {
    if (realpathSync(git(["rev-parse", "--show-toplevel"])) !== realpathSync(root)) return null;
    const commit = git(["rev-parse", "HEAD"]);
    return git(["status", "--porcelain", "--untracked-files=no"]) === "" ? commit : `${commit}+changes`;
  } catch {
    return null; // No git, no repository, no commit: each is a fact about the folder, and all of them mean that the version is not known.
  }
}

function gitIn(root: string): RunGit {
  return (args) => execFileSync("git", args, { cwd: root, encoding: "utf8", timeout: 5_000, stdio: ["ignore", "pipe", "ignore"] }).trim();
}
