import type { PageProps } from "../../app/pageProps.ts";
import { ModelView } from "./ModelView.tsx";
import { Overview } from "./Overview.tsx";
import { VersionReport } from "./VersionReport.tsx";
import "./models.css";

/** The models: all of them with the runs that made them, one with its versions and moves, or one version with all that was measured of it. */
export function Page({ item, part }: PageProps) {
  return (
    <div class="models">
      {item === null ? <Overview /> : part === null ? <ModelView name={item} /> : <VersionReport name={item} version={part} />}
    </div>
  );
}
