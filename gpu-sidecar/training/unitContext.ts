import type { CApi } from "../xgboost/cApi.ts";
import type { ChildTask } from "./childMessages.ts";
import type { Matrix } from "./readMatrix.ts";

/** What a training child works with, from its task on. */
export interface UnitContext {
  readonly api: CApi;
  readonly libraryVersion: string;
  readonly matrix: Matrix;
  readonly task: ChildTask;
  readonly onModel: () => void;
}
