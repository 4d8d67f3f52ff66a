import { type CApi, outNumber, outText } from "./cApi.ts";
import { checkCall } from "./checkCall.ts";

/** What a loaded library says about itself. */
export interface LibraryFacts {
  readonly version: string;
  /** Built with CUDA. Whether a GPU is there shows only when a model trains. */
  readonly cuda: boolean;
}

export function readLibraryFacts(api: CApi): LibraryFacts {
  const [major, minor, patch] = [outNumber(), outNumber(), outNumber()];
  api.XGBoostVersion(major, minor, patch);
  const info = outText();
  checkCall(api, api.XGBuildInfo(info));
  const build = JSON.parse(info[0] ?? "{}") as { USE_CUDA?: unknown };
  return { version: `${major[0]}.${minor[0]}.${patch[0]}`, cuda: build.USE_CUDA === true };
}
