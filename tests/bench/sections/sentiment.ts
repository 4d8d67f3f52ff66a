import { digits, timingsOf } from "../figures.ts";
import type { Measured, Section } from "../section.ts";
import { type HttpLoad, httpRate, modelRate } from "../sentimentLoad.ts";

const MODEL_ARTICLES = 1_000;
const LEXICON_ARTICLES = 6_400;

export const sentiment: Section = {
  name: "sentiment",
  work: "news read by the sidecar: a tiny LLaMA on one thread, and the lexicon",
  note: "the real llama.cpp in its own process; headlines of 70 characters, no two alike",
  peer: "–",
  budget: ">= 100 articles/s, >= 1.5 x with the prompt's beginning reused; GET /health < 100 ms",
  run: async () => [
    await measureReuse(),
    describeHttp("the model over HTTP, 64 a request", await httpRate("fingpt", MODEL_ARTICLES, false), ">= 100/s, /health < 100 ms"),
    describeHttp("the same while a model is trained", await httpRate("fingpt", MODEL_ARTICLES, true), "/health < 100 ms"),
    describeHttp("the lexicon over HTTP, 64 a request", await httpRate("lexicon", LEXICON_ARTICLES, false), ">= 2,000/s, /health < 100 ms"),
  ],
};

/** Alternating, so that a busy moment of the machine does not fall on one of the two. */
async function measureReuse(): Promise<Measured> {
  const rates = { reused: 0, whole: 0 };
  for (let round = 0; round < 2; round++) {
    rates.whole = Math.max(rates.whole, await modelRate(false, MODEL_ARTICLES / 2));
    rates.reused = Math.max(rates.reused, await modelRate(true, MODEL_ARTICLES / 2));
  }
  const gain = rates.reused / rates.whole;
  return {
    label: "the model process alone",
    text: `${digits(rates.reused)} articles/s with the prompt's beginning reused, ${digits(rates.whole)} without: ${digits(gain)} x`,
    values: { reused_per_second: rates.reused, whole_per_second: rates.whole, gain },
    budget: ">= 100/s, >= 1.5 x",
  };
}

function describeHttp(label: string, { per_second, health_ms }: HttpLoad, budget: string): Measured {
  const { p50_ms, p95_ms } = timingsOf(health_ms);
  const health_max_ms = Math.max(...health_ms);
  return {
    label,
    text: `${Math.round(per_second).toLocaleString("en")} articles/s; GET /health p50 ${digits(p50_ms)}, p95 ${digits(p95_ms)}, at most ${digits(health_max_ms)} ms`,
    values: { per_second, health_p50_ms: p50_ms, health_p95_ms: p95_ms, health_max_ms },
    budget,
  };
}
