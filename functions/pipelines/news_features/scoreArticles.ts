import { z } from "zod";
import { MAX_SENTIMENT_ARTICLES, type SentimentHealth } from "../../../shared/contracts/sentiment.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import type { Article } from "../../../shared/domain/article.ts";
import { MINUTE, SECOND, type TimeWindow } from "../../../shared/domain/instant.ts";
import { SENTIMENT_ENGINES, type SentimentEngine } from "../../../shared/domain/sentimentEngine.ts";
import { type ErrorCode, toAppError } from "../../../shared/errors.ts";
import type { Ports } from "../ports.ts";
import { marketContexts } from "./marketContexts.ts";
import { type ReadArticle, readHere, readOnSidecar, type SidecarReading } from "./readArticles.ts";
import { RESCORE, requestRescore } from "./requestRescore.ts";

/** Articles a slice: half a second of the lexicon in the Worker. */
const SLICE_LEXICON = 1_000;
/** On a CPU a 7B model needs seconds an article; a request must be answered within the adapter's minute. */
const SLICE_CPU = 4;
/** The first failure may be a sidecar that starts again: the task's own retry finds out. From the second try on, the lexicon reads. */
const LEXICON_FROM_TRY = 2;
/** What a run gives FinGPT of the sidecar's time. A year of news at once is read by the lexicon first, and by FinGPT day by day. */
const FINGPT_MS = 2 * MINUTE;
/** A full queue is waited for this often before the lexicon reads: five minutes. */
const BUSY_MS = 5 * SECOND;
const MAX_WAITS = 60;

/** Nobody is there to read, or none that this Worker understands, or all have too much to do. */
const AWAY: ReadonlySet<ErrorCode> = new Set(["sidecar_unavailable", "sidecar_version", "queue_full"]);

const cursorSchema = z.strictObject({
  /** Who reads from here on. */
  engine: z.enum(SENTIMENT_ENGINES),
  /** FinGPT is not to be had in this run. */
  is_away: z.boolean(),
  slice_articles: z.int(),
  /** Articles that nobody has read, from before the window; then the window itself; then, with all of that stored, the rescoring. */
  part: z.enum(["unread", "window", "rescore"]),
  from: z.int(),
  spent_ms: z.number(),
  waits: z.int(),
  read: z.int(),
  fingpt: z.int(),
});
type ScoreCursor = z.infer<typeof cursorSchema>;

const reportSchema = z.strictObject({
  read: z.int(),
  written: z.int(),
  fingpt: z.int(),
  lexicon: z.int(),
  /** What was asked for to be read again. */
  rescore: z.strictObject({ start: z.int(), end: z.int() }).optional(),
});
type ScoreOutcome = StepOutcome<z.infer<typeof reportSchema>, ScoreCursor>;

/**
 * Has every relevant article up to the window's end read, with the market of its own knowledge time: by FinGPT on the sidecar, or where
 * that is away, has no model or has too much to do, by the lexicon here, marked as such. In the window, FinGPT reads again what only the
 * lexicon has read; what lies before it is asked for as a reprocess.
 */
export const scoreArticles = defineStep({
  name: "score_articles",
  report: reportSchema,
  cursor: cursorSchema,
  run: async (ports: Ports, context) => {
    const cursor = context.cursor ?? (await begin(ports, context));
    if (cursor.part === "rescore") return askForRescore(ports, context, cursor);
    const articles = await ports.sentiments.unscored(partWindow(cursor, context.window), soughtBy(cursor), cursor.slice_articles);
    const reading = await read(ports, context, cursor, articles);
    if (reading === "busy") return waiting(cursor);
    const { scores, is_away } = reading;
    if (scores.length > 0) context.withSettlement(ports.sentiments.prepareScores(scores));
    const fingpt = scores.filter((score) => score.engine === "fingpt").length;
    const spent_ms = cursor.spent_ms + reading.ms;
    const isSpent = spent_ms > FINGPT_MS && context.conf["reason"] !== RESCORE;
    const next = { ...cursor, spent_ms, is_away, waits: 0, read: cursor.read + scores.length, fingpt: cursor.fingpt + fingpt };
    const reader = is_away || isSpent ? toLexicon(next) : next;
    if (articles.length === cursor.slice_articles) return goOn(reader, articles, fingpt === scores.length);
    return nextPart(ports, context, reader, cursor);
  },
});

async function begin(ports: Ports, context: StepContext): Promise<ScoreCursor> {
  const start = { part: "unread", from: 0, spent_ms: 0, waits: 0, read: 0, fingpt: 0 } as const;
  const found = await lookAtModel(ports, context);
  if (typeof found !== "string") {
    return { ...start, engine: "fingpt", is_away: false, slice_articles: found.device === "cpu" ? SLICE_CPU : MAX_SENTIMENT_ARTICLES };
  }
  context.log(`The lexicon reads: ${found}`);
  return toLexicon({ ...start, is_away: true });
}

/** What FinGPT runs on, or why it is not to be had. */
function lookAtModel({ sentiment }: Ports, context: StepContext): Promise<Pick<SentimentHealth, "device"> | string> {
  return sentiment.health().then(
    ({ engine, device, reason }) => (engine === "fingpt" ? { device } : (reason ?? "the sidecar has no model")),
    (error: unknown) => unlessWorthARetry(error, context),
  );
}

function toLexicon<Rest extends object>(cursor: Rest): Rest & Pick<ScoreCursor, "engine" | "slice_articles"> {
  return { ...cursor, engine: "lexicon", slice_articles: SLICE_LEXICON };
}

/** Why the sidecar does not answer, when that is not to be waited for any longer. */
function unlessWorthARetry(error: unknown, { try_number }: StepContext): string {
  const failure = toAppError(error);
  if (AWAY.has(failure.code) && try_number >= LEXICON_FROM_TRY) return failure.message;
  throw failure;
}

/** Where the lexicon reads, all that nobody has read is one part. */
function partWindow({ engine, part, from }: ScoreCursor, window: TimeWindow): TimeWindow {
  if (part === "window") return { start: Math.max(from, window.start), end: window.end };
  return { start: from, end: engine === "fingpt" ? window.start : window.end };
}

/** Of the window, FinGPT seeks also what the lexicon has read. */
function soughtBy({ engine, part }: ScoreCursor): SentimentEngine {
  return part === "window" ? engine : "lexicon";
}

async function read(
  ports: Ports,
  context: StepContext,
  { engine, is_away, waits }: ScoreCursor,
  articles: readonly Article[],
): Promise<(SidecarReading & { readonly is_away: boolean }) | "busy"> {
  const markets = await marketContexts(ports, articles);
  const batch = articles.map((article, index): ReadArticle => ({ article, market: markets[index]! }));
  const here = (away: boolean) => ({ scores: batch.map(readHere), ms: 0, is_away: away });
  if (engine === "lexicon" || batch.length === 0) return here(is_away);
  try {
    const reading = await readOnSidecar(ports.sentiment, batch);
    if (reading.scores.some((score) => score.engine === "fingpt")) return { ...reading, is_away };
    // Of these articles the model may be able to read none. Or it is gone, and the sidecar's own lexicon has answered.
    const found = await lookAtModel(ports, context);
    if (typeof found === "string") sayAway(context, found);
    return { ...reading, is_away: typeof found === "string" };
  } catch (error) {
    if (toAppError(error).code === "queue_full" && waits < MAX_WAITS) return "busy";
    sayAway(context, unlessWorthARetry(error, context));
    return here(true);
  }
}

function sayAway(context: StepContext, reason: string): void {
  context.log(`The lexicon reads on, and FinGPT reads this again when it is back: ${reason}`);
}

/** The sidecar reads for somebody else: nothing of this slice is lost, and no slot is held. */
function waiting(cursor: ScoreCursor): ScoreOutcome {
  const reason = "The sidecar's queue is full.";
  return { kind: "reschedule", delay_ms: BUSY_MS, reason, cursor: { ...cursor, waits: cursor.waits + 1 }, report: reportOf(cursor) };
}

/**
 * Where the next slice begins. Several articles may share the last one's moment, and some of them may not fit into this slice. When all of
 * this slice were read, begin just before that moment: what is read by then is not given again. When FinGPT left some to the lexicon, begin
 * after it, or they would be given again for ever; what nobody has read of that moment, the next run finds.
 */
function goOn(cursor: ScoreCursor, articles: readonly Article[], isWhole: boolean): ScoreOutcome {
  const last = articles.at(-1)!.available_at;
  const from = isWhole || cursor.engine === "lexicon" ? last - 1 : last;
  return { kind: "continue", cursor: { ...cursor, from }, report: reportOf(cursor) };
}

/** FinGPT's first part ends where the window begins; the lexicon's goes to the window's end. */
function nextPart(ports: Ports, context: StepContext, cursor: ScoreCursor, { engine, part }: ScoreCursor): ScoreOutcome {
  const report = reportOf(cursor);
  if (engine === "fingpt" && part === "unread") {
    return { kind: "continue", cursor: { ...cursor, part: "window", from: context.window.start }, report };
  }
  if (!cursor.is_away) return { kind: "continue", cursor: { ...cursor, part: "rescore" }, report };
  // When FinGPT is back, what the lexicon has read meanwhile is to be asked for anew.
  context.withSettlement(ports.sentiments.prepareRescoreRequest(null));
  return { kind: "success", report };
}

async function askForRescore(ports: Ports, context: StepContext, cursor: ScoreCursor): Promise<ScoreOutcome> {
  const rescore = await requestRescore(ports, context);
  return { kind: "success", report: rescore ? { ...reportOf(cursor), rescore } : reportOf(cursor) };
}

function reportOf({ read: count, fingpt }: ScoreCursor) {
  return { read: count, written: count, fingpt, lexicon: count - fingpt };
}
