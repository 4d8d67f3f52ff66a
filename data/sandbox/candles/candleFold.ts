/** Open, high, low and close in ticks (units of the last quoted decimal). */
export interface TickOhlc {
  o: number;
  h: number;
  l: number;
  c: number;
}

/** What one unit of trade (a minute, a recorded bar) was. `bid` and `ask` are null together where only mid was recorded. */
export interface QuotedUnit {
  readonly mid: Readonly<TickOhlc>;
  readonly bid: Readonly<TickOhlc> | null;
  readonly ask: Readonly<TickOhlc> | null;
  readonly volume: number;
}

/** Adds units of trade, oldest first, up to one candle. */
export class CandleFold {
  readonly mid: TickOhlc = { o: 0, h: 0, l: 0, c: 0 };
  readonly bid: TickOhlc = { o: 0, h: 0, l: 0, c: 0 };
  readonly ask: TickOhlc = { o: 0, h: 0, l: 0, c: 0 };
  volume = 0;
  isEmpty = true;
  hasQuotes = false;

  /** A unit with one spread throughout: bid lies half of it (rounded down) below mid, ask the rest above. */
  addSpread(o: number, h: number, l: number, c: number, spread: number, volume: number): void {
    const below = spread >> 1;
    const above = spread - below;
    merge(this.mid, this.isEmpty, o, h, l, c);
    merge(this.bid, this.isEmpty, o - below, h - below, l - below, c - below);
    merge(this.ask, this.isEmpty, o + above, h + above, l + above, c + above);
    this.hasQuotes = true;
    this.volume += volume;
    this.isEmpty = false;
  }

  addUnit({ mid, bid, ask, volume }: QuotedUnit): void {
    merge(this.mid, this.isEmpty, mid.o, mid.h, mid.l, mid.c);
    if (bid && ask) {
      merge(this.bid, !this.hasQuotes, bid.o, bid.h, bid.l, bid.c);
      merge(this.ask, !this.hasQuotes, ask.o, ask.h, ask.l, ask.c);
      this.hasQuotes = true;
    }
    this.volume += volume;
    this.isEmpty = false;
  }
}

function merge(into: TickOhlc, isFirst: boolean, o: number, h: number, l: number, c: number): void {
  if (isFirst) {
    into.o = o;
    into.h = h;
    into.l = l;
  } else {
    if (h > into.h) into.h = h;
    if (l < into.l) into.l = l;
  }
  into.c = c;
}
