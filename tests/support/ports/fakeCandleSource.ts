import type { CandlePage, CandleRequest, CandleSource } from "../../../shared/ports/candleSource.ts";

export interface FakeCandleSource extends CandleSource {
  readonly requests: readonly CandleRequest[];
}

/** Answers each request with the pages that `answer` gives for it, and remembers what was asked. */
export function createFakeCandleSource(answer: (request: CandleRequest) => readonly (readonly unknown[])[]): FakeCandleSource {
  const requests: CandleRequest[] = [];
  return {
    requests,
    async *pages(request): AsyncGenerator<CandlePage> {
      requests.push(request);
      const { instrument, granularity } = request;
      for (const candles of answer(request)) yield { instrument, granularity, candles, request_id: null };
    },
  };
}
