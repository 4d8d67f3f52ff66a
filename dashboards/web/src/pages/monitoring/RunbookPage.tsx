import { askText } from "../../api/ask.ts";
import { useQuery } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Markdown } from "./Markdown.tsx";
import { type Block, parseMarkdown } from "./parseMarkdown.ts";
import "./monitoring.css";

/** What an alert means, where to look and what to do: its runbook as it is written. */
export function RunbookPage({ alert }: { readonly alert: string }) {
  const runbook = useQuery(
    ["GET /api/runbooks/{alert}", alert],
    (signal) => askText("GET /api/runbooks/{alert}", { params: { alert } }, { signal }),
    { refresh_ms: null },
  );
  if (runbook.error?.status === 404)
    return (
      <Missing title="No such runbook" back={{ href: hrefOf("quality"), text: "Back to data quality" }}>
        There is no alert {alert}. Those that fire stand at the top of each monitoring page.
      </Missing>
    );
  return (
    <>
      <PageHead title={alert}>What this alert means, where to look and what to do. The same text is at GET /api/runbooks/{alert}.</PageHead>
      <Card title="Runbook" actions={<a href={hrefOf("now")}>What fires now</a>} is_wide>
        <Answered answer={runbook} height={300}>
          {({ text, is_cut }) => (
            <>
              {is_cut && <p class="about">There is more of it than is shown here.</p>}
              <Markdown blocks={bodyOf(text)} />
            </>
          )}
        </Answered>
      </Card>
    </>
  );
}

/** Its title is the page's. */
function bodyOf(text: string): readonly Block[] {
  const [first, ...others] = parseMarkdown(text);
  return first?.kind === "heading" && first.level === 1 ? others : parseMarkdown(text);
}
