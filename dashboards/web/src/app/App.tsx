import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { hrefOf, place } from "../state/address.ts";
import { isPairSettled } from "../state/choices.ts";
import { Failed, Waiting } from "../ui/Answered.tsx";
import { Missing } from "../ui/Missing.tsx";
import { Boundary } from "./Boundary.tsx";
import { Header } from "./Header.tsx";
import { HOLDS } from "./holds.ts";
import { KeyDialog } from "./KeyDialog.tsx";
import { Notices } from "./Notices.tsx";
import type { PageName } from "./pageName.ts";
import type { PageProps } from "./pageProps.ts";
import { PAGES, type PageEntry } from "./pages.ts";
import { Rail } from "./Rail.tsx";
import { UnknownPage } from "./UnknownPage.tsx";

export function App() {
  const { page, item, part, path } = place.value;
  const name = page !== null && Object.hasOwn(PAGES, page) ? (page as PageName) : null;
  const entry = name === null ? null : PAGES[name];
  const is_thing = name !== null && HOLDS[name](item, part);
  const title =
    entry === null ? "No such page" : is_thing ? [part, item, entry.title].filter(Boolean).join(" · ") : `No such thing · ${entry.title}`;
  useEffect(() => {
    document.title = `${title} – fx-medallion`;
  }, [title]);
  const content = useFocusAfterMoves(path);
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Rail current={name} />
      <div class="body">
        <Header />
        <main id="content" tabIndex={-1} ref={content}>
          <Notices />
          {name === null || entry === null ? (
            <UnknownPage path={path} />
          ) : !is_thing ? (
            <Missing title="No such thing" back={{ href: hrefOf(name), text: `Back to ${entry.title}` }}>
              {entry.title} has nothing at <code>{path}</code>.
            </Missing>
          ) : !isPairSettled.value ? (
            <Waiting height={400} />
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

/** Whoever goes on by a link or back goes on reading at the content: what had the focus may be gone with the former page. */
function useFocusAfterMoves(path: string) {
  const content = useRef<HTMLElement>(null);
  const former = useRef(path);
  useEffect(() => {
    if (former.current === path) return;
    former.current = path;
    content.current?.focus({ preventScroll: true });
  }, [path]);
  return content;
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
