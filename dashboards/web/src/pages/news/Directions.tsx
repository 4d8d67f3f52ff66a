import { Direction } from "./Direction.tsx";
import { directionText } from "./directionText.ts";

/** Where an article points each currency that it is about; those that it points nowhere are only named. */
export function Directions({ currencies }: { readonly currencies: readonly { readonly currency: string; readonly direction: number }[] }) {
  const is_flat = ({ direction }: { readonly direction: number }) => directionText(direction).tone === "none";
  const flat = currencies.filter(is_flat).map(({ currency }) => currency);
  return (
    <div class="news-directions">
      {currencies
        .filter((one) => !is_flat(one))
        .map(({ currency, direction }) => (
          <Direction key={currency} currency={currency} direction={direction} />
        ))}
      {flat.length > 0 && <span class="news-under">none for {flat.join(", ")}</span>}
    </div>
  );
}
