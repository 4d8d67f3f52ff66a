import type { StepContext } from "../../../shared/dag/step.ts";
import { DAY, toIso } from "../../../shared/domain/instant.ts";
import { pinText } from "../../../shared/models/pin.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import { type ChampionAnswer, challengeRows } from "../../../shared/validation/challengeRows.ts";
import { type ChallengeRows, judgeChallenge } from "../../../shared/validation/judgeChallenge.ts";
import { trainedRows } from "../../../shared/validation/trainedRows.ts";
import type { Verdict } from "../../../shared/validation/verdict.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { championAnswers } from "./championAnswers.ts";
import { championOf, pinAgainst } from "./championOf.ts";
import type { Staged } from "./checkReport.ts";
import type { OutOfFoldRows } from "./outOfFoldRows.ts";

/**
 * Whether the staged version takes the place of the one in Production (shared/validation/judgeChallenge.ts). The first sound one does, and
 * so does one whose champion's files were changed, which serves nobody. None does while another is pinned: it is judged all the same.
 */
export async function championCheck(
  ports: Ports,
  context: Pick<StepContext, "log" | "run_id" | "window">,
  staged: Staged,
  rows: OutOfFoldRows,
): Promise<Verdict> {
  const { passed, detail } = await judge(ports, context, staged, rows);
  const pin = await pinAgainst(ports, context, staged);
  if (pin === null) return verdict(passed, detail);
  const judged = passed ? "it would take its place otherwise" : "it would not take its place otherwise, either";
  return verdict(false, `${pinText(staged.name, pin)}. As it was judged, ${judged}: ${detail}`);
}

function verdict(passed: boolean, detail: string): Verdict {
  return { name: "champion_check", passed, detail };
}

async function judge(
  ports: Ports,
  context: Pick<StepContext, "log" | "run_id" | "window">,
  staged: Staged,
  rows: OutOfFoldRows,
): Promise<Verdict> {
  const champion = await championOf(ports, context, staged);
  if (champion === null) return verdict(true, "no version is in Production: the first sound one comes there, skill shown or not");
  const card = await readModelCard(ports, staged);
  const { answers, broken } = await championAnswers(ports, context, champion, card);
  const named = `version ${champion.version} is in Production`;
  if (broken) return verdict(true, `${named} and cannot answer: ${broken.message}`);
  const compared = await comparedRows(ports, staged, card.dataset, rows, answers);
  describeRows(context, champion, rows, compared);
  const { challenge, trading_rule } = ports.config;
  const champion_age_days = (card.trained_until - champion.creation_timestamp) / DAY;
  const { replaces, reason } = judgeChallenge({ rows: compared, champion_age_days, rule: challenge, trading_rule });
  return verdict(replaces, `${named}: ${reason}`);
}

async function comparedRows(
  ports: Ports,
  staged: Staged,
  dataset: string,
  rows: OutOfFoldRows,
  answers: ReadonlyMap<number, ChampionAnswer>,
): Promise<ChallengeRows> {
  const trained_rows = trainedRows((await readEvaluation(ports, staged.run_id)).folds);
  const kept_rows = (await ports.tracking.dataset(dataset))?.rows ?? Number.POSITIVE_INFINITY;
  return challengeRows({ ...rows, trained_rows, kept_rows }, answers);
}

function describeRows({ log }: Pick<StepContext, "log">, champion: ModelVersion, rows: OutOfFoldRows, compared: ChallengeRows): void {
  log(
    `champion: version ${champion.version}, of data until ${toIso(champion.creation_timestamp)}; ${compared.y.length} of the ` +
      `${rows.p.length} out-of-fold rows lie outside the rollover, are answered by both unseen, and are compared`,
  );
}
