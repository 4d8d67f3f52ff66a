import { MonitoringPage, PanelRow } from "../monitoring/MonitoringPage.tsx";
import { PairCurves } from "../monitoring/PairCurves.tsx";
import { PairMatrix } from "../monitoring/PairMatrix.tsx";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { showShare } from "../monitoring/readingForm.ts";
import { BrierGauges } from "./BrierGauges.tsx";
import { CalibrationCurves } from "./CalibrationCurves.tsx";

const SETTLED = "Of settled predictions of the pipeline's own, one a bar.";
const OUTSIDE = `${SETTLED} Outside the rollover.`;
const FILLS = "It fills as predictions are settled: each is, an hour after its bar, and a hundred of them are wanted (fifty for 7 days).";
const FILLS_MODEL = "It is measured once a model is in Production.";

const SKILL = [
  { metric: "accuracy_7d", text: "accuracy of 7 days" },
  { metric: "baseline_accuracy_7d", text: "best baseline of 7 days" },
  { metric: "accuracy_30d", text: "accuracy of 30 days" },
  { metric: "baseline_accuracy_30d", text: "best baseline of 30 days" },
  { metric: "auc_30d", text: "area under the ROC curve, 30 days" },
  { metric: "log_loss_minus_base", text: "log loss minus the base rate's" },
  { metric: "interval_coverage_30d", text: "returns within the predicted interval" },
];

/** Did what was predicted come true, and was it worth more than what needs no model? */
export function Page() {
  return (
    <MonitoringPage
      page="performance"
      about="Whether what was predicted came true, with intervals: an hourly direction is nearly a coin, and figures of a few hundred hours are mostly chance."
    >
      <PanelRow title="Accuracy beside what needs no model">
        <PairMatrix
          check="performance"
          rows={SKILL}
          title="Skill by pair"
          about={`${OUTSIDE} The baseline is the better of majority and momentum on the same hours. An accuracy above it shows skill only where its interval lies above it as well: see the curves.`}
          fills={FILLS}
        />
        <PairCurves
          check="performance"
          main={{ metric: "accuracy_7d", name: "accuracy" }}
          beside={{ metric: "baseline_accuracy_7d", name: "baseline" }}
          title="Accuracy of 7 days, beside the baseline"
          about={`${OUTSIDE} At each moment of the 7 days before it, with its 95 % interval as a band: where the band holds the baseline no skill is to be seen.`}
          fills={FILLS}
        />
        <PairCurves
          check="performance"
          main={{ metric: "accuracy_30d", name: "accuracy" }}
          beside={{ metric: "baseline_accuracy_30d", name: "baseline" }}
          title="Accuracy of 30 days, beside the baseline"
          about={`${OUTSIDE} The same of the 30 days before each moment.`}
          fills={FILLS}
        />
      </PanelRow>
      <PanelRow title="Probabilities">
        <CalibrationCurves fills={FILLS} />
        <BrierGauges fills={FILLS} />
        <ReadingPanel
          check="performance"
          metric="log_loss_minus_base"
          title="Log loss minus that of the base rate (nats)"
          about={`${SETTLED} Of four weeks. Below 0 the model says more than a constant made of its training set.`}
          fills={FILLS}
        />
        <ReadingPanel
          check="performance"
          metric="accuracy_drop_30d"
          show={showShare}
          title="Accuracy below what the model's card claims"
          about={`${OUTSIDE} Of 30 days, relative: claimed minus live, over claimed. Bad where it is there at all, by its interval.`}
          fills={FILLS}
        />
        <ReadingPanel
          check="performance"
          metric="calibration_in_the_large"
          show={showShare}
          title="Mean probability minus the share that rose"
          about={`${SETTLED} Of four weeks; 0 for a model that is calibrated in the large.`}
          fills={FILLS}
        />
        <ReadingPanel
          check="performance"
          metric="ece_30d"
          show={showShare}
          title="Expected calibration error"
          about={`${OUTSIDE} Of 30 days, in ten bins of equal mass: the mean distance of the curve from the diagonal. Never below 0, and of a calibrated model as large as chance makes it.`}
          fills={FILLS}
        />
        <ReadingPanel
          check="performance"
          metric="interval_coverage_30d"
          is_free
          title="Returns within the predicted interval"
          about={`${SETTLED} Of 30 days. The table says for which share the intervals are made.`}
          fills={FILLS}
        />
        <ReadingPanel
          check="performance"
          metric="coverage_gap_30d"
          show={showShare}
          title="The same minus the level of the intervals"
          about="0 where intervals of 90 % hold 90 % of the returns."
          fills={FILLS}
        />
      </PanelRow>
      <PanelRow title="The model">
        <ReadingPanel
          check="drift"
          metric="importance_rank"
          title="Stability of the importances"
          about="Rank correlation of the importances of the version in Production with those of the one before it: 1 goes by the same features, 0 by others."
          fills={FILLS_MODEL}
        />
        <ReadingPanel
          check="drift"
          metric="prediction_kl"
          title="Drift of the predictions (nats)"
          about="Kullback-Leibler divergence of four weeks' predictions from those that the version made out of fold in training."
          fills={FILLS_MODEL}
        />
        <ReadingPanel
          check="freshness"
          metric="model_age_d"
          title="Age of the model in Production"
          about="Since the data that it was trained on ends."
          fills={FILLS_MODEL}
        />
        <ReadingPanel
          check="performance"
          metric="forecast_share_7d"
          title="Hours that were predicted in time"
          about="Share of the open hours of 7 days, since the first prediction: all figures here are of those hours and no others."
          fills={FILLS}
        />
        <ReadingPanel
          check="quality"
          metric="lexicon_share_24h"
          title="Articles that the lexicon read"
          about="Share of the articles of 24 hours whose sentiment, a feature of the model, the lexicon scored in place of FinGPT, or since none is configured."
          fills="No article was read yet."
        />
      </PanelRow>
    </MonitoringPage>
  );
}
