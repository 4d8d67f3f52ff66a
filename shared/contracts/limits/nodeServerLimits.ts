import { HOUR, SECOND } from "../../domain/instant.ts";

/** For whom a server of Node waits, by the names of node:http's options. */
export interface NodeServerLimits {
  /** Of the address and all headers of a request, in bytes; beyond it 431. */
  readonly maxHeaderSize: number;
  /** Within this time headers have to be here, in milliseconds; else 408. As workerd has it. */
  readonly headersTimeout: number;
  /** And the whole request: the largest file that is uploaded, over a slow network. Bodies of JSON have less (bodyInTime). */
  readonly requestTimeout: number;
  /** How often the two are looked after, in milliseconds. */
  readonly connectionsCheckingInterval: number;
  /** A connection on which nothing is asked is kept so long. */
  readonly keepAliveTimeout: number;
}

export const NODE_SERVER_LIMITS: NodeServerLimits = {
  // The longest address that is taken (MAX_URL_LENGTH), and as much of headers.
  maxHeaderSize: 32 * 1024,
  headersTimeout: 15 * SECOND,
  requestTimeout: HOUR / 2,
  connectionsCheckingInterval: 5 * SECOND,
  keepAliveTimeout: 5 * SECOND,
};
