import { MonitoringPage, PanelRow } from "../monitoring/MonitoringPage.tsx";
import { PairCurves } from "../monitoring/PairCurves.tsx";
import { PairMatrix } from "../monitoring/PairMatrix.tsx";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { PaperTrades } from "./PaperTrades.tsx";

const PAPER = "Paper trading of four weeks with one unit, no leverage, the spread paid at both ends.";
const BY_RULE = "By the rule: beyond TRADE_LONG_ABOVE and TRADE_SHORT_BELOW, outside the rollover.";
const BY_BREAK_EVEN = "By break-even: traded where the probability is worth the spread.";
const FILLS = "It fills as predictions are settled, each an hour after its bar.";
const FILLS_TRADES = "It fills as trades are settled: thirty of them are wanted.";

const MONEY = [
  { metric: "pnl_net_bp", text: "profit and loss after the spread, by rule" },
  { metric: "sharpe_net", text: "Sharpe ratio a year, by rule" },
  { metric: "rule_drawdown_bp", text: "largest drawdown, by rule" },
  { metric: "signals_per_hour", text: "signals an hour, by rule" },
  { metric: "signal_quality", text: "signals whose direction came" },
  { metric: "net_return_bp", text: "net return of a trade, by break-even" },
  { metric: "max_drawdown_bp", text: "largest drawdown, by break-even" },
];

/** What would acting on the predictions have earned, after costs? */
export function Page() {
  return (
    <MonitoringPage
      page="business"
      about="What acting on the predictions would have earned after the spread. Paper: nobody traded, no slippage beyond the spread and no swap, and nothing here is money."
    >
      <PanelRow title="By the trading rule">
        <PairMatrix check="business" rows={MONEY} title="Business by pair" about={`${PAPER} ${BY_RULE} ${BY_BREAK_EVEN}`} fills={FILLS} />
        <PaperTrades />
        <PairCurves
          check="business"
          main={{ metric: "pnl_net_bp", name: "net" }}
          beside={{ metric: "pnl_gross_bp", name: "gross" }}
          title="Profit and loss of four weeks over time, net of costs and gross"
          about={`${BY_RULE} In basis points, summed over the four weeks before each moment: it rolls, and what is older has left it. Net is after the spread; gross, between mids, nobody can earn. 0 where nothing was beyond a limit.`}
          fills={FILLS}
          is_free={false}
        />
      </PanelRow>
      <PanelRow title="Risk">
        <ReadingPanel
          check="business"
          metric="sharpe_net"
          title="Sharpe ratio, net"
          about={`${BY_RULE} Of all hours, annualised by the hours that the market is open and by their autocorrelation (Lo 2002).`}
          fills={FILLS}
        />
        <ReadingPanel
          check="business"
          metric="max_drawdown_bp"
          title="Largest drawdown, by break-even"
          about={`${BY_BREAK_EVEN} From a top of the sum of net returns to the lowest point after it, in basis points.`}
          fills={FILLS_TRADES}
        />
        <ReadingPanel
          check="business"
          metric="rule_drawdown_bp"
          title="Largest drawdown, by the rule"
          about="The same by the rule."
          fills={FILLS_TRADES}
        />
      </PanelRow>
      <PanelRow title="Signals">
        <ReadingPanel
          check="business"
          metric="signals_per_hour"
          title="Signals an hour"
          about={`${BY_RULE} Predictions beyond a limit, of the hours of four weeks: 1 is one every hour.`}
          fills={FILLS}
        />
        <ReadingPanel
          check="business"
          metric="signal_quality"
          title="Signals whose direction came"
          about="By rule, before costs: a direction that comes may still lose the spread. An interval that holds 50 % shows nothing."
          fills={FILLS_TRADES}
          is_free
        />
        <ReadingPanel
          check="business"
          metric="rule_turnover_per_day"
          title="Round trips a market day, by the rule"
          about="Each pays the spread once."
          fills={FILLS}
        />
        <ReadingPanel
          check="business"
          metric="rule_net_bp"
          title="Net return of a trade, by the rule"
          about="In basis points, a hundredth of a percent. An interval that holds 0 shows no profit."
          fills={FILLS_TRADES}
        />
      </PanelRow>
      <PanelRow title="By break-even">
        <ReadingPanel
          check="business"
          metric="net_return_bp"
          title="Net return of a trade, by break-even"
          about={`${BY_BREAK_EVEN} In basis points. An interval that holds 0 shows no profit.`}
          fills={FILLS_TRADES}
        />
        <ReadingPanel
          check="business"
          metric="hit_rate"
          title="Trades that won after costs"
          about={`${BY_BREAK_EVEN} An interval that holds 50 % shows nothing.`}
          fills={FILLS_TRADES}
          is_free
        />
        <ReadingPanel
          check="business"
          metric="turnover_per_day"
          title="Round trips a market day, by break-even"
          about="Each pays the spread once."
          fills={FILLS}
        />
      </PanelRow>
    </MonitoringPage>
  );
}
