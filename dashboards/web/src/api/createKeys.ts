import { type ReadonlySignal, signal } from "@preact/signals";
import { foreignToBearer } from "../../../../shared/contracts/sendableToken.ts";
import { AskError, type Problem, problemOf } from "./askError.ts";
import { isOfTheKey } from "./isOfTheKey.ts";

const KEY = "fx-key";
const DECLINED = "fx-key-declined";

export interface Keys {
  /** Null: there is none. */
  readonly key: ReadonlySignal<string | null>;
  /** Why a key is wanted; null: none is, or the person has said that they have none. */
  readonly wanted: ReadonlySignal<string | null>;
  /** The person wants to give one. */
  want(): void;
  /** One that the server knows. */
  keep(key: string): void;
  forget(): void;
  /** The person has none: what was refused is forgotten, and they are asked no more in this tab. */
  decline(): void;
  /**
   * Sends what wants a key. The first request with a key, or without, is sent alone: while nobody knows whether the server takes it, the
   * others wait, and where it does not (401) they are not sent until there is another key. Else one page would try a wrong key a dozen times
   * at once, and a server that counts such failures would let nobody in from this address.
   */
  through(send: (key: string | null) => Promise<Response>): Promise<Response>;
}

/** What is known of one key, or of asking without. */
interface Gate {
  is_known: boolean;
  refusal: Problem | null;
  /** Ends when the request that tries it has; null: none is on its way. */
  trial: Promise<void> | null;
}

const gateOf = (known: Partial<Gate> = {}): Gate => ({ is_known: false, refusal: null, trial: null, ...known });

/** `storage` is the tab's. */
export function createKeys(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): Keys {
  const stored = storage.getItem(KEY);
  const key = signal(stored === null || foreignToBearer(stored) !== null ? null : stored);
  const wanted = signal<string | null>(null);
  let gate = gateOf();

  function change(next: string | null, known: Gate): void {
    if (next === null) storage.removeItem(KEY);
    else storage.setItem(KEY, next);
    // Before the key: whoever follows it asks at once.
    gate = known;
    key.value = next;
  }

  async function send(tried: Gate, request: (key: string | null) => Promise<Response>): Promise<Response> {
    const response = await request(key.peek());
    if (response.status !== 401) {
      if (isOfTheKey(response.status)) tried.is_known = true;
      return response;
    }
    const problem = await problemOf(response);
    const is_first = tried.refusal === null;
    tried.refusal ??= problem;
    if (tried === gate && is_first && storage.getItem(DECLINED) === null) wanted.value = problem.detail;
    throw new AskError(401, problem);
  }

  return {
    key,
    wanted,
    want() {
      wanted.value = gate.refusal?.detail ?? "A key of this installation (fx keys create), or its ADMIN_TOKEN.";
    },
    keep(next) {
      storage.removeItem(DECLINED);
      wanted.value = null;
      change(next, gateOf({ is_known: true }));
    },
    forget() {
      storage.removeItem(DECLINED);
      change(null, gateOf());
    },
    decline() {
      wanted.value = null;
      if (gate.refusal === null) return;
      storage.setItem(DECLINED, "yes");
      if (key.peek() !== null) change(null, gateOf({ refusal: gate.refusal }));
    },
    async through(request) {
      while (gate.trial !== null && !gate.is_known && gate.refusal === null) await gate.trial;
      if (gate.refusal !== null) throw new AskError(401, unsent(gate.refusal));
      const tried = gate;
      if (tried.is_known) return send(tried, request);
      const { promise, resolve } = Promise.withResolvers<void>();
      tried.trial = promise;
      try {
        return await send(tried, request);
      } finally {
        tried.trial = null;
        resolve();
      }
    },
  };
}

function unsent({ title, detail }: Problem): Problem {
  return { title, detail, hint: "Nothing more is asked until there is one: “use a key” is at the top of the page." };
}
