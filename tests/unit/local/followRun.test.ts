import { describe, expect, it } from "vitest";
import { explainFailure } from "../../../functions/local/client/followRun.ts";
import type { WorkerClient } from "../../../functions/local/client/workerClient.ts";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";

const task = (task_id: string, map_key: string, state: string) => ({ task_id, map_key, state, try_number: 2 }) as TaskInstance;

describe("explainFailure", () => {
  const attempts = async () => [{ error: { code: "source_unavailable", message: "no connection" } }];
  const client = { attempts } as unknown as WorkerClient;

  it("tells why one task failed, and names the others with the command that tells of them", async () => {
    const tasks = [task("collect_news", "one", "failed"), task("validate_news", "one", "success"), task("collect_news", "two", "failed")];
    expect(await explainFailure(client, "data_collection", "run-1", tasks.slice(0, 2))).toBe(
      "collect_news of one failed after 2 tries: source_unavailable: no connection",
    );
    expect(await explainFailure(client, "data_collection", "run-1", tasks)).toMatch(
      / \(so did collect_news of two: fx logs data_collection run-1\)$/,
    );
    expect(await explainFailure(client, "data_collection", "run-1", [])).toBe("data_collection run-1 failed");
  });
});
