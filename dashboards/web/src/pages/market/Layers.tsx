import { setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";

const LAYERS = { predictions: "predictions", trades: "paper trades", news: "news", sessions: "sessions" } as const;
type LayerName = keyof typeof LAYERS;

export function isShown(name: LayerName): boolean {
  return chosen(name, ["on", "off"], "on") === "on";
}

/** What is drawn besides the candles. */
export function Layers() {
  return (
    <fieldset class="market-layers">
      <legend class="unseen">Drawn with the candles</legend>
      {(Object.keys(LAYERS) as LayerName[]).map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={isShown(name)}
            onChange={(event) => setQuery({ [name]: event.currentTarget.checked ? null : "off" }, { replace: true })}
          />
          {LAYERS[name]}
        </label>
      ))}
    </fieldset>
  );
}
