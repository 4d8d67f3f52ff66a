import type { BarWrite } from "../../../../shared/ports/barStore.ts";

/** Imports hand over a few objects at once; those of before are asked of the database. */
const REMEMBERED = 64;

/** The objects of imports whose bars this isolate has stored: text, which any event may look at, in place of a promise to wait for. */
export class WrittenObjects {
  readonly #names = new Set<string>();

  async note<Result>({ object }: BarWrite, writing: Promise<Result>): Promise<Result> {
    const result = await writing;
    if (object?.wishes) this.#names.add(nameOf(object.wishes.import_id, object.sha256));
    for (const name of this.#names) {
      if (this.#names.size <= REMEMBERED) break;
      this.#names.delete(name);
    }
    return result;
  }

  has(import_id: string, sha256: string): boolean {
    return this.#names.has(nameOf(import_id, sha256));
  }
}

function nameOf(import_id: string, sha256: string): string {
  return `${sha256} ${import_id}`;
}
