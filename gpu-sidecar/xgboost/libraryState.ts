import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { LocatedLibrary } from "./locateLibrary.ts";

/** A missing library is looked for again at most this often by /health, so that an installation is noticed without a restart. */
const LOOK_AGAIN_MS = 10_000;

/** What the running sidecar knows about libxgboost. */
export class LibraryState {
  readonly #locate: () => Promise<LocatedLibrary>;
  readonly #now: () => number;
  #found: LocatedLibrary | null = null;
  #error: AppError | null = null;
  #search: Promise<LocatedLibrary> | null = null;
  #searchedAt = Number.NEGATIVE_INFINITY;

  constructor(locate: () => Promise<LocatedLibrary>, now: () => number) {
    this.#locate = locate;
    this.#now = now;
  }

  /** Answers at once with the last known truth, and looks again in the background when that was bad and is old. */
  current(): { readonly library: LocatedLibrary | null; readonly reason: string | null } {
    if (this.#found === null && this.#now() - this.#searchedAt > LOOK_AGAIN_MS) void this.look();
    return { library: this.#found, reason: this.#found === null ? (this.#error?.message ?? "libxgboost is still being looked for") : null };
  }

  /** The library, looked for again when it was missing; throws library_missing. */
  async require(): Promise<LocatedLibrary> {
    const found = this.#found;
    if (found !== null && (!isAbsolute(found.path) || existsSync(found.path))) return found;
    await this.look();
    if (this.#found !== null) return this.#found;
    throw this.#error ?? new AppError("library_missing", "libxgboost was not found", { status: 503 });
  }

  /** Never rejects: the outcome is what current() says next. */
  async look(): Promise<void> {
    this.#searchedAt = this.#now();
    this.#search ??= this.#locate();
    try {
      this.#found = await this.#search;
      this.#error = null;
    } catch (error) {
      this.#found = null;
      this.#error = toAppError(error);
    } finally {
      this.#search = null;
    }
  }
}
