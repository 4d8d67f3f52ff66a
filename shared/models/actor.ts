/**
 * Who changed the registry: a pipeline by the name of its DAG, a person by the name that they gave, an MLflow client by what it says of
 * itself. Of what an older release recorded it may be unknown.
 */
export const ACTOR_KINDS = ["pipeline", "person", "mlflow", "unknown"] as const;

export interface Actor {
  readonly kind: (typeof ACTOR_KINDS)[number];
  readonly name: string;
}

export function pipelineActor(dag_id: string): Actor {
  return { kind: "pipeline", name: dag_id };
}
