import type { Route } from "../../../shared/contracts/route/defineRoute.ts";
import { HTTP_REQUESTS, HTTP_SECONDS, ONLINE_READ_SECONDS } from "../../../shared/monitoring/counterNames.ts";
import { ONLINE_READ_BOUNDS_S, REQUEST_BOUNDS_S } from "../../../shared/monitoring/durationBounds.ts";
import type { CounterDelta } from "../../../shared/ports/metricStore.ts";
import { createDurations, type Durations } from "./durations.ts";

/** What one isolate counts, in memory: an addition to a few numbers, and nothing else, a request. */
export interface Meter {
  /** Where the answers of a route are counted. */
  slotOf(route: MeteredRoute): number;
  /** `slot` undefined: an answer that met no route. `status` is from 100 to 599. */
  countAnswer(slot: number | undefined, status: number, seconds: number): void;
  timeOnlineRead(seconds: number): void;
  /** What was counted since it was last taken, and is from now on nobody's but the taker's. */
  take(): CounterDelta[];
}

export type MeteredRoute = Pick<Route, "path" | "method"> & { readonly family: Pick<Route["family"], "name"> };

/** 1xx to 5xx. */
const CLASSES = 5;
/** The slot of unknown paths, and of what was refused before its route was found: a page of another site, a missing key. */
const NO_ROUTE = 0;

export function createMeter(): Meter {
  const lines = [{ route: "none", method: "any" }];
  const answers: number[] = new Array(CLASSES).fill(0);
  const families = new Map<string, Durations>([["none", createDurations(REQUEST_BOUNDS_S)]]);
  const durations = [families.get("none")!];
  const online_reads = createDurations(ONLINE_READ_BOUNDS_S);
  return {
    slotOf({ path, method, family: { name } }) {
      const of_family = families.get(name) ?? createDurations(REQUEST_BOUNDS_S);
      families.set(name, of_family);
      durations.push(of_family);
      answers.push(...new Array<number>(CLASSES).fill(0));
      return lines.push({ route: path, method }) - 1;
    },
    countAnswer(slot = NO_ROUTE, status, seconds) {
      answers[slot * CLASSES + Math.floor(status / 100) - 1]!++;
      durations[slot]!.add(seconds);
    },
    timeOnlineRead: (seconds) => online_reads.add(seconds),
    take() {
      const timed = [...families].flatMap(([family, of_family]) => takeDurations(HTTP_SECONDS, { family }, of_family));
      return [...takeAnswers(answers, lines), ...timed, ...takeDurations(ONLINE_READ_SECONDS, {}, online_reads)];
    },
  };
}

function takeAnswers(answers: number[], lines: readonly { readonly route: string; readonly method: string }[]): CounterDelta[] {
  const deltas = answers.map((value, at) => {
    const labels = { ...lines[Math.floor(at / CLASSES)]!, status: `${(at % CLASSES) + 1}xx` };
    return { name: HTTP_REQUESTS, labels: JSON.stringify(labels), value };
  });
  answers.fill(0);
  return deltas.filter(({ value }) => value > 0);
}

function takeDurations(name: string, labels: Readonly<Record<string, string>>, durations: Durations): CounterDelta[] {
  const { counts, sum } = durations.take();
  const buckets = counts.map(([bound, value]) => ({ name: `${name}_bucket`, labels: JSON.stringify({ ...labels, bound }), value }));
  return buckets.length === 0 ? [] : [...buckets, { name: `${name}_sum`, labels: JSON.stringify(labels), value: sum }];
}
