import type { Section } from "../section.ts";

export const onlineRead: Section = {
  name: "online-read",
  work: "online read, 50 features x 1 instrument, over HTTP",
  peer: "p50 2.2, p95 3.1 ms, 443 req/s",
  budget: "p50 <= 1, p95 <= 2.5 ms, >= 2,000 req/s",
  run: null,
};
