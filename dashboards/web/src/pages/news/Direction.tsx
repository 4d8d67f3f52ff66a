import { numberOf } from "../../format/number.ts";
import { directionText } from "./directionText.ts";

/** Which way an article points a currency: sign, figure, and in words for who hears it. */
export function Direction({ currency, direction }: { readonly currency: string; readonly direction: number }) {
  const { sign, text, tone } = directionText(direction);
  return (
    <span class={`news-direction state-${tone}`} title={`${currency} ${text}`}>
      {currency} <span aria-hidden="true">{sign}</span>
      <span class="unseen">{text}</span> <span class="number">{numberOf(direction, { digits: 2, is_signed: true })}</span>
    </span>
  );
}
