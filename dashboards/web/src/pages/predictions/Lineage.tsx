import { hrefOf } from "../../state/address.ts";
import { Time } from "../../ui/Time.tsx";
import { BronzeObjects } from "./BronzeObjects.tsx";
import { type LineageFact, type LineageLink, lineageSteps, type PredictionView } from "./lineageSteps.ts";

/** The way from a prediction back to what was received, as a list of steps. */
export function Lineage({ prediction }: { readonly prediction: PredictionView }) {
  const { notes } = prediction.lineage;
  return (
    <>
      <ol class="lineage">
        {lineageSteps(prediction).map(({ kind, title, sentence, facts, links, objects }, index) => (
          <li key={index} class={`lineage-step lineage-${kind}`}>
            <h3>{title}</h3>
            <p class="quiet">{sentence}</p>
            {facts.length > 0 && (
              <dl class="lineage-facts">
                {facts.map((fact) => (
                  <div key={fact.name}>
                    <dt>{fact.name}</dt>
                    <dd>
                      <Fact of={fact} />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
            {links.map((link) => (
              <a key={link.text} href={addressOf(link)} {...("file" in link ? { download: true } : {})}>
                {link.text}
              </a>
            ))}
            {objects !== undefined && <BronzeObjects objects={objects} />}
          </li>
        ))}
      </ol>
      {notes.length > 0 && (
        <>
          <h3>What cannot be told</h3>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Fact({ of }: { readonly of: LineageFact }) {
  if ("at" in of) return <Time at={of.at} />;
  return "code" in of ? <code class="lineage-code">{of.code}</code> : <span>{of.text}</span>;
}

function addressOf(link: LineageLink): string {
  return "file" in link ? link.file : hrefOf(link.page, link.parts, link.query);
}
