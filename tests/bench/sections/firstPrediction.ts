import { digits } from "../figures.ts";
import type { Section } from "../section.ts";

export const firstPrediction: Section = {
  name: "first-prediction",
  work: "first prediction after `npm start` on an empty store",
  peer: "-",
  budget: "< 120 s",
  run: async (context) => {
    const { first_prediction_seconds, bootstrapped } = await context.stack("start");
    if (!bootstrapped) throw new Error("the store was not empty: this section has to come before the others that use the stack");
    return [
      {
        label: "7 instruments, a year of candles",
        text: `${digits(first_prediction_seconds)} s`,
        values: { seconds: first_prediction_seconds },
      },
    ];
  },
};
