import { AppError } from "../errors.ts";

/** Where a sidecar is asked, and what it is called in the ledger, in metrics and on pages. */
export interface SidecarAddress {
  /** Host and port, and the path where it has one: unique in the list, and the same after every start. */
  readonly name: string;
  readonly url: string;
}

/**
 * The sidecars of SIDECAR_URL: one address, or several with commas between them. Throws invalid_request that says which of them is wrong
 * and what it should be.
 */
export function parseSidecarUrls(text: string): readonly SidecarAddress[] {
  const parts = text.split(",").map((part) => part.trim());
  const placeOf = (index: number) => (parts.length === 1 ? "" : `address ${index + 1} of ${parts.length}, `);
  const addresses = parts.map((part, index) => readAddress(part, placeOf(index)));
  for (const [index, { name }] of addresses.entries()) {
    const first = addresses.findIndex((other) => other.name === name);
    if (first < index) throw wrong(`${placeOf(index)}${name}: it is address ${first + 1} as well, and each is named once`);
  }
  return addresses;
}

function readAddress(text: string, place: string): SidecarAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw wrong(`${place}"${text}": expected an address such as http://127.0.0.1:8791`);
  }
  // It is shown where the ledger and metrics name the sidecar, and fetch takes no address that has one.
  if (url.username !== "" || url.password !== "") {
    throw wrong(`${place}${url.host}: it holds a user or a password; leave them out, and set SIDECAR_TOKEN`);
  }
  if (url.search !== "" || url.hash !== "") throw wrong(`${place}${url.host}: it ends in a query or a fragment; leave that out`);
  return { name: `${url.host}${url.pathname.replace(/\/+$/, "")}`, url: text };
}

function wrong(problem: string): AppError {
  return new AppError("invalid_request", `SIDECAR_URL: ${problem}.`, { details: { field: "SIDECAR_URL" } });
}
