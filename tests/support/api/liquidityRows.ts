import type { TestAnswer, TestApp } from "./testApp.ts";

/** Rows of market_liquidity, which is pushed, as Feast's client sends them: a column a feature. */
export function liquidityRows(times: readonly unknown[], depths: readonly unknown[], more: object = {}): object {
  return {
    instrument: times.map(() => "USD_SGD"),
    event_timestamp: times,
    liquidity_imbalance: times.map(() => 0.5),
    quoted_depth: depths,
    liquidity_shock: times.map(() => null),
    ...more,
  };
}

/** The two ways in which Feast's client writes rows. */
export function writersOf(app: () => TestApp) {
  return {
    push: (df: object, more: object = {}): Promise<TestAnswer> =>
      app().call("POST", "/push", { push_source_name: "market_liquidity_push", df, ...more }),
    write: (df: object, feature_view_name = "market_liquidity"): Promise<TestAnswer> =>
      app().call("POST", "/write-to-online-store", { feature_view_name, df, allow_registry_cache: false }),
  };
}
