import { describe, expect, it } from "vitest";
import { codeVersion } from "../../../functions/local/stack/codeVersion.ts";

const ROOT = process.cwd();
/** What git says of a work tree that is clean, but for what is changed. */
const git =
  (change: Record<string, string> = {}) =>
  (args: readonly string[]) =>
    ({ "rev-parse --show-toplevel": ROOT, "rev-parse HEAD": "abc", "status --porcelain --untracked-files=no": "", ...change })[
      args.join(" ")
    ]!;

describe("codeVersion", () => {
  it("is the commit", () => expect(codeVersion(ROOT, git())).toBe("abc"));
  it("says when files differ from it", () =>
    expect(codeVersion(ROOT, git({ "status --porcelain --untracked-files=no": "M a.ts" }))).toBe("abc+changes"));
  it("is not known within another repository, nor without one", () => {
    expect(codeVersion(ROOT, git({ "rev-parse --show-toplevel": "/" }))).toBeNull();
    const none = () => {
      throw new Error("not a git repository");
    };
    expect(codeVersion(ROOT, none)).toBeNull();
  });
});
