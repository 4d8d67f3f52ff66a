import { useState } from "preact/hooks";
import { keys } from "../../api/keys.ts";
import { Failed } from "../../ui/Answered.tsx";
import { fetchFile } from "./fetchFile.ts";

/** A link to a file of this server. A link of the browser's own sends no key, so that with one the file is fetched first. */
export function Download({ path, name }: { readonly path: string; readonly name: string }) {
  const [error, setError] = useState<Error | null>(null);
  const key = keys.key.value;
  const fetchWithKey = (event: Event) => {
    if (key === null) return;
    event.preventDefault();
    setError(null);
    fetchFile(path).catch((thrown: unknown) => setError(thrown instanceof Error ? thrown : new Error(String(thrown))));
  };
  return (
    <>
      <a href={path} download onClick={fetchWithKey}>
        {name}
      </a>
      {error && <Failed error={error} />}
    </>
  );
}
