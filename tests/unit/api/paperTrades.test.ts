import { beforeAll, describe, expect, it } from "vitest";
import { paperTradeCollectionSchema } from "../../../shared/contracts/paperTrades.ts";
import { DAY, HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { touchesRollover } from "../../../shared/domain/rollover.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addTrainingSet, barsWithMoves, logAnswers, openHourEnds, servedAnswer } from "../../support/models/monitorFixture.ts";
import { addModel } from "../../support/models/servingFixture.ts";
import { createTestPorts, storeBars } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 24, 12, 15);
const MOVE_BP = 10;
/** Both ends cross half of a spread of one basis point. */
const COST_BP = 1;
const ends = openHourEnds(NOW, 200);
const [up, down] = [0.75, 0.25];

let app: TestApp;
beforeAll(async () => {
  const ports = await createTestPorts({ now: NOW });
  // Every bar rises by 10 bp.
  await storeBars(
    ports,
    barsWithMoves(
      "USD_SGD",
      NOW,
      ends.map(() => MOVE_BP / 1e4),
    ),
  );
  await addModel(ports, {
    run_id: "r1",
    strength: 1,
    promoted_at: NOW - 40 * DAY,
    card: { dataset: await addTrainingSet(ports, NOW - 40 * DAY, 500) },
  });
  // Long, short and nothing in turn, on the last thirty bars that are decided; and one that was asked for too late to trade.
  await logAnswers(
    ports,
    ends
      .slice(-31, -1)
      .map((end, index) => servedAnswer(end, [up, down, 0.5][index % 3]!, index === 29 ? { requested_at: end + 50 * MINUTE } : {})),
  );
  app = createTestApp(ports);
});

const ask = (query = "") => app.call("GET", `/api/paper-trades?instrument=USD_SGD${query}`);
const get = async (query = "") => paperTradeCollectionSchema.parse((await ask(query)).body);
const traded = ends
  .slice(-31, -1)
  .flatMap((end, index) =>
    index % 3 === 2 || touchesRollover(end, end + HOUR) ? [] : [{ end, side: index % 3 === 0 ? "long" : "short" }],
  );

describe("GET /api/paper-trades", () => {
  it("has every trade of the rule, gross and net apart, with their running sums", async () => {
    const { trades, ...told } = await get();
    expect(told).toMatchObject({ instrument: "USD_SGD", forecasts: 30, late: 1, from: toIso(NOW - 28 * DAY), to: toIso(NOW) });
    expect(trades.map(({ entered_at, left_at, side }) => [entered_at, left_at, side])).toEqual(
      traded.map(({ end, side }) => [toIso(end), toIso(end + HOUR), side]),
    );
    let [gross, net] = [0, 0];
    for (const trade of trades) {
      const expected = trade.side === "long" ? MOVE_BP : -MOVE_BP;
      expect(trade.gross_bp).toBeCloseTo(expected, 6);
      expect(trade.net_bp).toBeCloseTo(expected - COST_BP, 6);
      gross += trade.gross_bp!;
      net += trade.net_bp!;
      expect([trade.total_gross_bp, trade.total_net_bp]).toEqual([gross, net]);
    }
  });

  it("has those that were decided in the span", async () => {
    const { trades } = await get(`&from=${toIso(ends.at(-8)!)}&to=${toIso(ends.at(-4)!)}`);
    expect(trades.map(({ left_at }) => left_at)).toEqual(
      traded.filter(({ end }) => end + HOUR > ends.at(-8)! && end + HOUR <= ends.at(-4)!).map(({ end }) => toIso(end + HOUR)),
    );
    expect((await get(`&from=${toIso(NOW + HOUR)}&to=${toIso(NOW + DAY)}`)).trades).toEqual([]);
  });

  it.each([
    [`&from=${toIso(NOW)}&to=${toIso(NOW)}`, 422, "from"],
    [`&from=${toIso(NOW - 400 * DAY)}`, 422, "from"],
    ["&to=yesterday", 422, "to"],
  ])("refuses %s", async (query, status, field) => {
    expect((await ask(query)).body).toMatchObject({ status, field });
  });

  it("knows no other pair", async () => {
    expect((await app.call("GET", "/api/paper-trades?instrument=AAA_BBB")).status).toBe(404);
  });
});
