import type { SentimentHealth } from "../../../shared/contracts/sentiment.ts";
import type { SentimentScorer } from "../../../shared/ports/sentimentScorer.ts";
import type { Sidecar } from "../../../shared/ports/sidecars.ts";
import { rankForReading, readsWithModel, type SidecarFacts } from "../../../shared/sidecars/rankSidecars.ts";
import { askInTurn } from "./askInTurn.ts";
import { lookAtSidecars } from "./lookAtSidecars.ts";
import { noneOfThem, type SidecarProblem } from "./noneOfThem.ts";
import type { SidecarFailures } from "./sidecarFailures.ts";

/**
 * Reads news on one sidecar or on any of several: with FinGPT while one of them has it, and then on no other, since who asks decides when the
 * lexicon is to read. Each answer says which of the two it was.
 */
export function createReadingSidecars(all: readonly Sidecar[], failures: SidecarFailures): SentimentScorer {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only.sentiment;
  const look = async (key: string) => {
    const { facts, problems } = await lookAtSidecars(all, failures, (found) => found.some(readsWithModel));
    if (facts.length === 0) throw noneOfThem("answers", problems);
    return { ranked: rankForReading(facts, key), problems };
  };
  return {
    async score(articles) {
      const [first] = articles;
      if (first === undefined) return { results: [], model: null };
      const { ranked } = await look(first.id);
      const sidecars = ranked.map(({ name }) => all.find((one) => one.name === name)!);
      return askInTurn("reads articles now", sidecars, failures, ({ sentiment }) => sentiment.score(articles));
    },
    async health() {
      const { ranked, problems } = await look("");
      const best = ranked[0]!;
      return readsWithModel(best) ? best.sentiment : { ...best.sentiment, reason: whyNoModel(ranked, problems) };
    },
  };
}

function whyNoModel(facts: readonly SidecarFacts[], problems: readonly SidecarProblem[]): SentimentHealth["reason"] {
  const said = [
    ...facts.map(({ name, sentiment }) => `${name}: ${sentiment.reason ?? "no reason given"}`),
    ...problems.map(({ name, error }) => `${name}: ${error.message}`),
  ];
  return said.join("; ");
}
