import type { NewsCurrency } from "../../../market/newsEvents.ts";
import type { TwoSided } from "../wording.ts";
import { GROWTH } from "./growth.ts";
import { INFLATION } from "./inflation.ts";
import { JOBS } from "./jobs.ts";
import { MAS_POLICY } from "./masPolicy.ts";
import { OUTLOOK } from "./outlook.ts";
import { POLICY_TALK } from "./policyTalk.ts";
import { RATE_POLICY } from "./ratePolicy.ts";
import { HAVEN_CURRENCY, RISK_CURRENCY } from "./risk.ts";
import { TRADE } from "./trade.ts";

const HAVENS: readonly NewsCurrency[] = ["JPY", "USD"];

/** Kinds of news that a currency can have, the frequent ones more than once. */
export function kindsOf(currency: NewsCurrency): readonly TwoSided[] {
  const policy = currency === "SGD" ? MAS_POLICY : RATE_POLICY;
  const risk = HAVENS.includes(currency) ? HAVEN_CURRENCY : RISK_CURRENCY;
  return [policy, policy, POLICY_TALK, POLICY_TALK, POLICY_TALK, INFLATION, INFLATION, GROWTH, GROWTH, JOBS, TRADE, risk, OUTLOOK, OUTLOOK];
}
