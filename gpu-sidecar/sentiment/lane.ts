import type { LlamaContextSequence, Token } from "node-llama-cpp";
import { AppError } from "../../shared/errors.ts";
import type { FittedTokens, Tokens } from "./fitTokens.ts";
import type { Label } from "./promptText.ts";
import { type LabelReading, readLabels } from "./readLabels.ts";

/**
 * One sequence of the context. It keeps the prompt's fixed beginning in its cache, computed by itself once, and goes back to exactly
 * that after every article: keeping more where two articles begin alike would make an answer depend on the one before.
 */
export class Lane {
  readonly #sequence: LlamaContextSequence;
  readonly #label_ids: Readonly<Record<Label, number>>;
  readonly #reuse_prefix: boolean;

  constructor(sequence: LlamaContextSequence, label_ids: Readonly<Record<Label, number>>, reuse_prefix: boolean) {
    this.#sequence = sequence;
    this.#label_ids = label_ids;
    this.#reuse_prefix = reuse_prefix;
  }

  /** One prefill; the answer is read from the logits of the token that would come next, and nothing is generated. */
  async read({ tokens, shared }: FittedTokens): Promise<LabelReading> {
    const kept = this.#reuse_prefix ? shared : 0;
    await this.#goBackTo(tokens.slice(0, kept));
    const rest = tokens.slice(kept) as Token[];
    const last = rest.pop();
    if (last === undefined) throw new AppError("invalid_model", "a prompt has no token behind its fixed beginning");
    const filter = { tokens: Object.values(this.#label_ids) as Token[], includeMax: true };
    const outputs = await this.#sequence.controlledEvaluate([
      ...rest,
      [last, { generateNext: { logits: { filter }, totalLogitWeight: true } }],
    ]);
    const next = outputs[rest.length]?.next;
    if (next?.logits === undefined || next.totalLogitWeight === undefined) {
      throw new AppError("invalid_model", "llama.cpp gave no logits for the last token");
    }
    return readLabels({ logits: next.logits, total_weight: next.totalLogitWeight }, this.#label_ids);
  }

  async #goBackTo(prefix: Tokens): Promise<void> {
    const sequence = this.#sequence;
    const held = sequence.contextTokens;
    const holds = held.length >= prefix.length && prefix.every((token, index) => held[index] === token);
    const keep = holds ? prefix.length : 0;
    if (sequence.nextTokenIndex > keep) await sequence.eraseContextTokenRanges([{ start: keep, end: sequence.nextTokenIndex }]);
    if (!holds) await sequence.evaluateWithoutGeneratingNewTokens(prefix as Token[]);
  }
}
