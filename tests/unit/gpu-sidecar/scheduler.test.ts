import { describe, expect, it } from "vitest";
import type { ChildTask, UnitResult } from "../../../gpu-sidecar/training/childMessages.ts";
import type { Unit } from "../../../gpu-sidecar/training/planUnits.ts";
import { type JobRun, Scheduler } from "../../../gpu-sidecar/training/scheduler.ts";
import type { ChildEvents, StartChild } from "../../../gpu-sidecar/training/trainingChild.ts";

/** A child that does nothing until the test says so. */
interface FakeChild {
  readonly events: ChildEvents;
  readonly given: Unit[];
  ended: "no" | "released" | "killed";
}

function world(workers: number) {
  const children: FakeChild[] = [];
  const log: string[] = [];
  const startChild: StartChild = (_task, events) => {
    const child: FakeChild = { events, given: [], ended: "no" };
    children.push(child);
    return {
      pid: children.length,
      give: (unit) => child.given.push(unit),
      release: () => {
        child.ended = "released";
      },
      kill: () => {
        child.ended = "killed";
      },
    };
  };
  const scheduler = new Scheduler(workers, startChild);
  const run = (job_id: string, units: number): JobRun => ({
    job_id,
    task: {} as ChildTask,
    units: Array.from({ length: units }, (): Unit => ({ kind: "final" })),
    onStart: () => log.push(`${job_id} start`),
    onModel: () => log.push(`${job_id} model`),
    onDone: (results) => log.push(`${job_id} done ${results.length}`),
    onFailure: ({ message }) => log.push(`${job_id} failed ${message}`),
  });
  return { scheduler, children, log, run };
}

const result = {} as UnitResult;

function finishUnit(child: FakeChild | undefined): void {
  child?.events.onUnit(result);
  if (child?.ended !== "no") child?.events.onExit();
}

describe("Scheduler", () => {
  it("starts no more processes than workers, nor than units", () => {
    const { scheduler, children, run } = world(3);
    scheduler.enqueue(run("a", 2));
    expect(children).toHaveLength(2);
    scheduler.enqueue(run("b", 5));
    expect(children).toHaveLength(3);
  });

  it("serves jobs in their order and gives free places to the next job", () => {
    const { scheduler, children, log, run } = world(1);
    scheduler.enqueue(run("a", 2));
    scheduler.enqueue(run("b", 1));
    finishUnit(children[0]);
    expect(children[0]?.given).toHaveLength(2);
    finishUnit(children[0]);
    finishUnit(children[1]);
    expect(log).toEqual(["a start", "a done 2", "b start", "b done 1"]);
  });

  it("kills every process of a failed job, reports it once, and goes on with the next job", () => {
    const { scheduler, children, log, run } = world(2);
    scheduler.enqueue(run("a", 4));
    scheduler.enqueue(run("b", 1));
    children[0]?.events.onFailure({ code: "training_failed", message: "first" });
    children[1]?.events.onFailure({ code: "training_failed", message: "second" });
    expect(children.slice(0, 2).map(({ ended }) => ended)).toEqual(["killed", "killed"]);
    children[0]?.events.onExit();
    expect(log).toEqual(["a start", "a failed first", "b start"]);
  });

  it("lets nothing of a cancelled job through, also when the same job is queued again", () => {
    const { scheduler, children, log, run } = world(1);
    scheduler.enqueue(run("a", 1));
    scheduler.cancel("a");
    expect(children[0]?.ended).toBe("killed");
    scheduler.enqueue(run("a", 1));
    children[0]?.events.onModel();
    children[0]?.events.onUnit(result);
    expect(log).toEqual(["a start"]);
    children[0]?.events.onExit();
    finishUnit(children[1]);
    expect(log).toEqual(["a start", "a start", "a done 1"]);
  });

  it("stops for good", () => {
    const { scheduler, children, run } = world(1);
    scheduler.enqueue(run("a", 1));
    scheduler.stop();
    children[0]?.events.onExit();
    scheduler.enqueue(run("b", 1));
    expect(children.map(({ ended }) => ended)).toEqual(["killed"]);
  });
});
