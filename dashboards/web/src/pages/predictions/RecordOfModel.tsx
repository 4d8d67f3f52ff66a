import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { skillSentence } from "../../ui/skillSentence.ts";
import type { PredictionView } from "./lineageSteps.ts";

/** What the model's newest version in Production may say of itself; where the answer is of another, that is said. */
export function RecordOfModel({ prediction: { instrument, lineage } }: { readonly prediction: PredictionView }) {
  const models = useAnswer("GET /api/models");
  const { name, version } = lineage.model;
  return (
    <Answered answer={models} height={60}>
      {({ models: all }) => {
        const production = all.find((model) => model.name === name)?.production ?? null;
        const page = <a href={hrefOf("models", [name, version])}>its page</a>;
        if (production === null || production.version !== version)
          return (
            <p>
              Version {version} of {name} is not in Production now. What it was worth is on {page}.
            </p>
          );
        return (
          <p>
            {skillSentence(production)} More is on {page}, and{" "}
            <a href={hrefOf("predictions", [], { instrument })}>how the answers since have been</a> beside them.
          </p>
        );
      }}
    </Answered>
  );
}
