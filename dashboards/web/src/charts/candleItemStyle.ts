/** How ECharts draws candles: one that rose is hollow, one that fell is filled, so that colour alone does not tell. */
export function candleItemStyle({ card, series }: { readonly card: string; readonly series: readonly string[] }) {
  const [rise, fall] = series;
  return { color: card, borderColor: rise, color0: fall, borderColor0: fall };
}
