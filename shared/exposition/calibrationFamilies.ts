import { z } from "zod";
import { reliabilityBinSchema } from "../calibration/reliability.ts";
import type { Reading } from "../monitoring/reading.ts";
import { gaugeOf, type MetricFamily, type MetricLabels } from "./metricFamily.ts";

/** The reading that has the curve among its details. */
const OF_THE_CURVE = { check: "performance", metric: "ece_30d" } as const;

const detailsSchema = z.object({ curve: z.array(reliabilityBinSchema) });

/** The calibration curve of each instrument: what was said in each of its bins of equal mass, ascending, and how often it came. */
export function calibrationFamilies(
  readings: readonly Pick<Reading, "check" | "subject" | "metric" | "details">[],
  instrumentOf: (subject: string) => MetricLabels,
): MetricFamily[] {
  const bins = readings.flatMap(({ check, subject, metric, details }) => {
    if (check !== OF_THE_CURVE.check || metric !== OF_THE_CURVE.metric) return [];
    const curve = detailsSchema.safeParse(details).data?.curve ?? [];
    return curve.map((bin, at) => ({ ...bin, labels: { subject, ...instrumentOf(subject), bin: String(at + 1).padStart(2, "0") } }));
  });
  return [
    gaugeOf(
      "fx_calibration_predicted_ratio",
      "Mean probability of a rise that was predicted in 30 days, by bin of the calibration curve, ascending.",
      bins.map(({ labels, mean_forecast }) => [labels, mean_forecast] as const),
    ),
    gaugeOf(
      "fx_calibration_observed_ratio",
      "Share of the predictions of the bin after which the price rose.",
      bins.map(({ labels, share_up }) => [labels, share_up] as const),
    ),
    gaugeOf(
      "fx_calibration_predictions",
      "Predictions in the bin.",
      bins.map(({ labels, n }) => [labels, n] as const),
    ),
  ];
}
