import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createSandbox } from "../../../data/sandbox/createSandbox.ts";
import { createNewsFetcher } from "../../../functions/adapters/news/newsFetcher.ts";
import type { NewsLimits } from "../../../functions/adapters/news/newsHttp.ts";
import { collectNews } from "../../../functions/pipelines/data_collection/collectNews.ts";
import { validateNews } from "../../../functions/pipelines/data_collection/validateNews.ts";
import type { Ports } from "../../../functions/pipelines/ports.ts";
import type { Cursor, Step, StepOutcome } from "../../../shared/dag/step.ts";
import { createClock } from "../../../shared/domain/clock.ts";
import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";
import { sandboxNewsSources } from "../../../shared/news/feeds/newsSources.ts";
import { stepContext } from "../engine/stepContext.ts";
import { createTestPorts, type TestPorts } from "../ports/testPorts.ts";
import { newsHttp } from "./newsHttp.ts";

export interface NewsWorld {
  readonly origin: string;
  readonly ports: TestPorts;
  readonly sources: readonly string[];
  /** Orders a fault of a site. */
  fault(order: Readonly<Record<string, unknown>>): Promise<void>;
  traffic(): Promise<Readonly<Record<string, Record<string, number>>>>;
  /** Runs a task of a source to its end, as concurrent invocations would: pauses are waited for. */
  collect(source: string, window?: TimeWindow): Promise<StepOutcome>;
  validate(source: string): Promise<StepOutcome>;
  stop(): Promise<void>;
}

export interface NewsWorldOptions {
  readonly now: Instant;
  readonly max_pages?: number;
  readonly limits?: Partial<NewsLimits>;
  /** Stores beside the ones in memory. */
  readonly stores?: (clock: Ports["clock"]) => Pick<TestPorts, "database" | "articles" | "news_feeds">;
}

/** The sandbox as a server on this machine, and the news path against it through the real adapters, on real time from `now` on. */
export async function startNewsWorld({ now, max_pages, limits, stores }: NewsWorldOptions): Promise<NewsWorld> {
  const clock = createClock(now, Date.now);
  const server = serve({ fetch: createSandbox({ clock }).fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once("listening", () => resolve())));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const news_sources = sandboxNewsSources(origin).map((source) => {
    return max_pages === undefined ? source : { ...source, politeness: { ...source.politeness, max_pages } };
  });
  const memory = await createTestPorts({ now, config: { news_sources } });
  const base = { ...memory, clock: { ...memory.clock, now: () => clock.now() }, ...stores?.(clock) };
  const news = createNewsFetcher(newsHttp(base.database, [origin], { clock, ...(limits ? { limits } : {}) }));
  const ports = { ...base, news };
  const window = { start: now - 600_000, end: now };
  return {
    origin,
    ports,
    sources: news_sources.map(({ id }) => id),
    fault: async (order) => {
      const response = await fetch(`${origin}/sandbox/faults`, {
        method: "POST",
        headers: { authorization: "Bearer sandbox" },
        body: JSON.stringify(order),
      });
      if (response.status !== 201) throw new Error(await response.text());
    },
    traffic: async () => {
      const { news: described } = (await (await fetch(`${origin}/sandbox`)).json()) as {
        news: { sites: { id: string; traffic: Record<string, number> }[] };
      };
      return Object.fromEntries(described.sites.map(({ id, traffic }) => [id, traffic]));
    },
    collect: (source, over = window) => toEnd(collectNews, ports, source, over),
    validate: (source) => toEnd(validateNews, ports, source, window),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function toEnd(step: Step<Ports>, ports: Ports, map_key: string, window: TimeWindow): Promise<StepOutcome> {
  for (let cursor: Cursor | null = null; ; ) {
    const outcome: StepOutcome = await step.run(ports, stepContext({ window, map_key, cursor }));
    if (outcome.kind === "success" || outcome.kind === "skipped") return outcome;
    cursor = JSON.parse(JSON.stringify(outcome.cursor)) as Cursor;
    if (outcome.kind === "reschedule") await new Promise((resolve) => setTimeout(resolve, outcome.delay_ms ?? 0));
  }
}
