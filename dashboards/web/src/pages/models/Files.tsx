import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { Download } from "./Download.tsx";

const FILES: readonly { readonly file: string; readonly about: string }[] = [
  { file: "model.json", about: "the trees, as XGBoost writes them" },
  { file: "model.ubj", about: "the same in XGBoost's binary format" },
  { file: "model_card.json", about: "what the model reads, claims and was made of" },
  { file: "calibration.json", about: "how its probabilities are calibrated, and the reliability curve" },
  { file: "evaluation.json", about: "all that was measured of it, with each out-of-fold answer" },
  { file: "training_result.json", about: "what the trainer gave back: each seed's out-of-fold answers, and those on shuffled labels" },
  { file: "MLmodel", about: "for MLflow's own loaders" },
];

/** What can be taken away. */
export function Files({ name, version }: { readonly name: string; readonly version: string }) {
  const path = (file: string) => `/api/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}/${file}`;
  return (
    <Card title="Files to take away" about="A version that was trained elsewhere has fewer; the server says so.">
      <Table
        caption="Files of the version"
        rows={FILES}
        keyOf={({ file }) => file}
        columns={[
          { name: "file", is_head: true, show: ({ file }) => <Download path={path(file)} name={file} /> },
          { name: "what it is", show: ({ about }) => about },
        ]}
      />
    </Card>
  );
}
