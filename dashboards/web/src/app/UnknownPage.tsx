import { hrefOf } from "../state/address.ts";
import { PAGES } from "./pages.ts";

export function UnknownPage({ path }: { readonly path: string }) {
  return (
    <div class="missing-thing">
      <h1>There is no such page</h1>
      <p>
        <code>{path}</code> is no page of this application, and no address of its API. These are the pages:
      </p>
      <ul>
        {Object.entries(PAGES).map(([name, { title }]) => (
          <li key={name}>
            <a href={hrefOf(name)}>{title}</a>
          </li>
        ))}
      </ul>
      <p>
        <a href="/docs">What programs can ask</a>
      </p>
    </div>
  );
}
