import type { PageProps } from "../../app/pageProps.ts";
import { Pipeline } from "./Pipeline.tsx";
import { PipelineList } from "./PipelineList.tsx";
import { RunPage } from "./RunPage.tsx";
import "./pipelines.css";

/** What runs when: every pipeline; one of them (`item`); one of its runs (`part`). */
export function Page({ item, part }: PageProps) {
  if (item === null) return <PipelineList />;
  return part === null ? <Pipeline dag_id={item} /> : <RunPage dag_id={item} run_id={part} />;
}
