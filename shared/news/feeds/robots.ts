import robotsParser from "robots-parser";

// The package is CommonJS, and its types say "default" for what is the module itself.
const parse = robotsParser as unknown as typeof robotsParser.default;

export interface RobotsRules {
  isAllowed(url: string): boolean;
  /** Null when the site asks for none. */
  readonly crawl_delay_ms: number | null;
}

/** RFC 9309 asks that at least this much of a robots.txt be read. */
export const MAX_ROBOTS_BYTES = 500 * 1_024;

/** What a site allows a robot of this name; an empty robots.txt allows everything. */
export function robotsRules(robots_url: string, text: string, robot: string): RobotsRules {
  const rules = parse(robots_url, text);
  const delay = rules.getCrawlDelay(robot);
  return {
    // Undefined is the answer for an address of another site, about which the file says nothing.
    isAllowed: (url) => rules.isAllowed(url, robot) ?? true,
    crawl_delay_ms: delay !== undefined && Number.isFinite(delay) && delay > 0 ? delay * 1_000 : null,
  };
}
