import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { place } from "../state/address.ts";
import { notices } from "../state/notices.ts";
import { Failed, Waiting } from "../ui/Answered.tsx";
import { Boundary } from "./Boundary.tsx";
import { Header } from "./Header.tsx";
import { KeyDialog } from "./KeyDialog.tsx";
import { Notices } from "./Notices.tsx";
import type { PageProps } from "./pageProps.ts";
import { PAGES, type PageEntry, type PageName } from "./pages.ts";
import { Rail } from "./Rail.tsx";
import { UnknownPage } from "./UnknownPage.tsx";

export function App() {
  const { page, item, part, path } = place.value;
  const name = page !== null && Object.hasOwn(PAGES, page) ? (page as PageName) : null;
  const entry = name === null ? undefined : PAGES[name];
  useEffect(() => notices.clear(), [page]);
  useEffect(() => {
    document.title = `${entry === undefined ? "No such page" : [part, item, entry.title].filter(Boolean).join(" · ")} – fx-medallion`;
  }, [name, item, part]);
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Rail current={name} />
      <div class="body">
        <Header />
        <main id="content" tabIndex={-1}>
          <Notices />
          {name === null || entry === undefined ? (
            <UnknownPage path={path} />
          ) : (
            <Boundary key={`${name}/${item}/${part}`}>
              <LoadedPage name={name} load={entry.load} item={item} part={part} />
            </Boundary>
          )}
        </main>
      </div>
      <KeyDialog />
    </>
  );
}

const loaded = new Map<PageName, FunctionComponent<PageProps>>();

function LoadedPage({ name, load, item, part }: PageProps & { readonly name: PageName; readonly load: PageEntry["load"] }) {
  const [, setLoaded] = useState(0);
  const [error, setError] = useState<Error | null>(null);
  const Page = loaded.get(name);
  useEffect(() => {
    if (loaded.has(name)) return;
    let is_gone = false;
    load().then(
      ({ Page: found }) => {
        loaded.set(name, found);
        if (!is_gone) setLoaded((count) => count + 1);
      },
      // What is served may be another build by now, whose files have other names.
      (thrown: unknown) => !is_gone && setError(new Error(`This page could not be loaded (${thrown}).`)),
    );
    return () => {
      is_gone = true;
    };
  }, [name]);
  if (error) return <Failed error={error} again={() => location.reload()} />;
  return Page ? <Page item={item} part={part} /> : <Waiting height={400} />;
}
