import type { IChartApi, IPanePrimitive, PaneAttachedParameter, Time } from "lightweight-charts";
import type { Band } from "./candleContent.ts";

/** Shades spans of bars behind the candles of a pane. */
export class SessionBands implements IPanePrimitive<Time> {
  readonly #chart: IChartApi;
  #bands: readonly Band[] = [];
  #text = "";
  #redraw = () => {};
  readonly #views = [{ zOrder: () => "bottom" as const, renderer: () => this.#renderer }];
  readonly #renderer: ReturnType<NonNullable<ReturnType<NonNullable<IPanePrimitive<Time>["paneViews"]>>[number]["renderer"]>> = {
    draw: (target) => target.useMediaCoordinateSpace(({ context, mediaSize }) => this.#draw(context, mediaSize.height)),
  };

  constructor(chart: IChartApi) {
    this.#chart = chart;
  }

  show(bands: readonly Band[], text: string): void {
    this.#bands = bands;
    this.#text = text;
    this.#redraw();
  }

  attached({ requestUpdate }: PaneAttachedParameter<Time>) {
    this.#redraw = requestUpdate;
  }

  detached() {
    this.#redraw = () => {};
  }

  paneViews() {
    return this.#views;
  }

  #draw(context: CanvasRenderingContext2D, height: number): void {
    const scale = this.#chart.timeScale();
    const half = scale.options().barSpacing / 2;
    context.font = "10px system-ui, sans-serif";
    context.textBaseline = "top";
    for (const { first, last, colour, letters } of this.#bands) {
      const from = scale.logicalToCoordinate(first as never);
      const to = scale.logicalToCoordinate(last as never);
      if (from === null || to === null) continue;
      const [left, width] = [from - half, to - from + 2 * half];
      context.fillStyle = colour;
      context.fillRect(left, 0, width, height);
      if (context.measureText(letters).width + 4 > width) continue;
      context.fillStyle = this.#text;
      context.fillText(letters, left + 2, 3);
    }
  }
}
