import { sha256Hex } from "../domain/hash.ts";
import { AppError } from "../errors.ts";
import { type ModelCard, modelCardSchema } from "./modelCard.ts";

/** A model's card, and whether its files are those that were registered. False for one from before hashes were recorded. */
export interface CheckedCard {
  readonly card: ModelCard;
  readonly is_verified: boolean;
}

/**
 * The text of model_card.json: the card with the SHA-256 of model.json, and, last, that of the card's own JSON without it. JSON keeps the
 * order of its keys, so the text can be made again from what was read.
 */
export function sealModelCard(card: ModelCard, model: Uint8Array): string {
  const body = { ...card, model_sha256: sha256Hex(model) };
  return JSON.stringify({ ...body, card_sha256: sha256Hex(JSON.stringify(body)) }, null, 2);
}

/**
 * Reads a card and checks both files against their hashes.
 * @throws model_corrupt (503) that names the file which was changed; invalid_model (503) for a card that cannot be read
 */
export function openModelCard(card: Uint8Array, model: Uint8Array, source: string): CheckedCard {
  const { card_sha256, ...body } = parseCard(card, source);
  if (card_sha256 !== undefined && card_sha256 !== sha256Hex(JSON.stringify(body))) throw corrupt(source, "model_card.json");
  const model_sha256 = body["model_sha256"];
  if (model_sha256 !== undefined && model_sha256 !== sha256Hex(model)) throw corrupt(source, "model.json");
  const parsed = modelCardSchema.safeParse(body);
  if (!parsed.success) throw unreadable(source, parsed.error);
  return { card: parsed.data, is_verified: card_sha256 !== undefined && model_sha256 !== undefined };
}

function parseCard(bytes: Uint8Array, source: string): Record<string, unknown> {
  try {
    const card: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof card === "object" && card !== null && !Array.isArray(card)) return { ...card };
  } catch (cause) {
    throw unreadable(source, cause);
  }
  throw unreadable(source, undefined);
}

function corrupt(source: string, file: string): AppError {
  return new AppError(
    "model_corrupt",
    `${source}/${file} is not the file that was registered: its SHA-256 is another. It is not served. Put it back from a backup, or train anew: npm run fx -- trigger model_training`,
    { status: 503, details: { file: `${source}/${file}` } },
  );
}

function unreadable(source: string, cause: unknown): AppError {
  return new AppError(
    "invalid_model",
    `The model card ${source}/model_card.json cannot be read. Put it back from a backup, or train anew: npm run fx -- trigger model_training`,
    { status: 503, cause, details: { file: `${source}/model_card.json` } },
  );
}
