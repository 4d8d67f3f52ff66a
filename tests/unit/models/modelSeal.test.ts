import { describe, expect, it } from "vitest";
import { modelCardSchema } from "../../../shared/models/modelCard.ts";
import { UNJUDGED } from "../../../shared/models/modelClaim.ts";
import { openModelCard, sealModelCard } from "../../../shared/models/modelSeal.ts";

const CARD = modelCardSchema.parse({
  name: "fx-usdsgd-predictor",
  instrument: "USD_SGD",
  run_id: "0123456789abcdef0123456789abcdef",
  views: [{ view: "market_features", schema_hash: "a" }],
  feature_names: ["ret_1"],
  feature_set_hash: "b",
  horizon_bars: 1,
  dataset: "c",
  trained_until: Date.UTC(2025, 5, 25),
  library_version: "3.4.1",
  seeds: [1],
  calibration: { kind: "none" },
  return_interval: null,
  ...UNJUDGED,
});
const bytes = (text: string) => new TextEncoder().encode(text);
const MODEL = bytes("{}");
const SEALED = sealModelCard(CARD, MODEL);
const { card_sha256: _seal, ...WITHOUT_SEAL } = JSON.parse(SEALED) as Record<string, unknown>;
const { model_sha256: _hash, ...OLD } = WITHOUT_SEAL;

describe("a sealed card", () => {
  it.each<[string, string, boolean]>([
    ["as it was registered is verified", SEALED, true],
    ["without a seal of its own is read, and not verified", JSON.stringify(WITHOUT_SEAL), false],
    ["from before hashes were recorded is read, and not verified", JSON.stringify(OLD), false],
  ])("%s", (_what, card, is_verified) => {
    expect(openModelCard(bytes(card), MODEL, "models/x")).toEqual({ card: CARD, is_verified });
  });

  it.each<[string, Uint8Array, Uint8Array, string, string]>([
    ["whose text was changed", bytes(SEALED.replace('"ret_1"', '"ret_2"')), MODEL, "model_corrupt", "model_card.json"],
    ["whose model was changed", bytes(SEALED), bytes("{ }"), "model_corrupt", "model.json"],
    [
      "whose model was changed, without a seal of its own",
      bytes(JSON.stringify(WITHOUT_SEAL)),
      bytes("{ }"),
      "model_corrupt",
      "model.json",
    ],
    ["that is no JSON", bytes("card"), MODEL, "invalid_model", "model_card.json"],
    ["that is no text", Uint8Array.of(0x22, 0xff, 0x22), MODEL, "invalid_model", "model_card.json"],
    [
      "one byte of which is no text",
      bytes(SEALED).map((byte, at) => (at === SEALED.indexOf("ret_1") ? 0xff : byte)),
      MODEL,
      "invalid_model",
      "model_card.json",
    ],
    ["that is a list", bytes("[]"), MODEL, "invalid_model", "model_card.json"],
    ["that is nothing", bytes("null"), MODEL, "invalid_model", "model_card.json"],
    ["that is a word", bytes('"card"'), MODEL, "invalid_model", "model_card.json"],
    ["that says too little", bytes("{}"), MODEL, "invalid_model", "model_card.json"],
  ])("%s is refused, with the file that is wrong", (_what, card, model, code, file) => {
    expect(() => openModelCard(card, model, "models/x")).toThrow(
      expect.objectContaining({ code, status: 503, details: { file: `models/x/${file}` } }),
    );
  });
});
