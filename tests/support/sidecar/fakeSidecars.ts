import { createSidecars } from "../../../functions/adapters/sidecars/createSidecars.ts";
import { createReadingSidecars } from "../../../functions/adapters/sidecars/readingSidecars.ts";
import { createSidecarFailures } from "../../../functions/adapters/sidecars/sidecarFailures.ts";
import type { SidecarHealth } from "../../../shared/contracts/training.ts";
import { AppError } from "../../../shared/errors.ts";
import type { SentimentScorer } from "../../../shared/ports/sentimentScorer.ts";
import type { Sidecar, Sidecars } from "../../../shared/ports/sidecars.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";
import { createFakeScorer, type FakeScorer } from "../ports/fakeScorer.ts";
import { createFakeTrainer, type FakeOutcome, type FakeTrainer } from "../ports/fakeTrainer.ts";

export interface FakeSidecar extends Sidecar {
  readonly own: FakeTrainer;
  readonly reader: FakeScorer;
  /** Nobody answers at its address, or somebody again. */
  setDown(is_down: boolean): void;
  /** What it says of its training that is not usual. */
  setTraining(training: Partial<SidecarHealth["training"]>): void;
  /** How often it was asked how it is. */
  looks(): number;
}

export interface FakeFleet {
  readonly sidecars: Sidecars;
  readonly sentiment: SentimentScorer;
  readonly fakes: readonly FakeSidecar[];
  named(name: string): FakeSidecar;
  advance(ms: number): void;
}

/** Several sidecars that are asked as the Worker asks several, on a clock of their own. */
export function fakeFleet(names: readonly string[], outcome?: FakeOutcome): FakeFleet {
  let now = 0;
  const fakes = names.map((name) => fakeSidecar(name, outcome));
  const failures = createSidecarFailures(() => now);
  return {
    sidecars: createSidecars(fakes, failures),
    sentiment: createReadingSidecars(fakes, failures),
    fakes,
    named: (name) => fakes.find((one) => one.name === name)!,
    advance: (ms) => {
      now += ms;
    },
  };
}

function fakeSidecar(name: string, outcome?: FakeOutcome): FakeSidecar {
  const own = createFakeTrainer(outcome);
  const reader = createFakeScorer("no model");
  let [is_down, looks] = [false, 0];
  let training: Partial<SidecarHealth["training"]> = {};
  const unlessDown = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
    if (is_down)
      throw new AppError("sidecar_unavailable", `The sidecar at ${name} cannot be reached: refused`, { status: 503, retryable: true });
    return answer();
  };
  const health = async () => {
    looks += 1;
    const said = await own.health();
    return { ...said, training: { ...said.training, ...training } };
  };
  const trainer: Trainer = {
    putDataset: (sha256, parquet) => unlessDown(() => own.putDataset(sha256, parquet)),
    submit: (spec) => unlessDown(() => own.submit(spec)),
    status: (job_id) => unlessDown(() => own.status(job_id)),
    cancel: (job_id) => unlessDown(() => own.cancel(job_id)),
    result: (job_id) => unlessDown(() => own.result(job_id)),
    model: (job_id, format, part) => unlessDown(() => own.model(job_id, format, part)),
    health: () => unlessDown(health),
    metrics: () => unlessDown(() => own.metrics()),
  };
  return {
    name,
    own,
    reader,
    trainer,
    sentiment: { score: (articles) => unlessDown(() => reader.score(articles)), health: () => unlessDown(() => reader.health()) },
    setDown: (next) => {
      is_down = next;
    },
    setTraining: (next) => {
      training = next;
    },
    looks: () => looks,
  };
}
