import { Estimate, type EstimateView } from "../../ui/Figure.tsx";
import { State } from "../../ui/State.tsx";
import type { Tone } from "../../ui/tone.ts";
import { type DifferenceWord, differenceWord } from "./differenceWord.ts";

const SHOWN: Readonly<Record<DifferenceWord, { readonly tone: Tone; readonly text: string }>> = {
  better: { tone: "good", text: "better" },
  worse: { tone: "bad", text: "worse" },
  not_told_apart: { tone: "none", text: "within chance" },
};

/** A difference of log losses with its interval, and what that says. */
export function Difference({ of }: { readonly of: EstimateView | null | undefined }) {
  if (!of) return <span class="missing">–</span>;
  const { tone, text } = SHOWN[differenceWord(of)];
  return (
    <span class="models-difference">
      <Estimate of={of} form={{ digits: 4, is_signed: true }} /> <State tone={tone}>{text}</State>
    </span>
  );
}
