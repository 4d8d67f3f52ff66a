// biome-ignore-all lint/a11y/useSemanticElements: columns that come and go while the frame is scrolled are no table of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell at a time is reached by Tab, all others by arrows
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { DagGrid, GridRunView } from "../../../../../shared/contracts/dagGrid.ts";
import { durationOf } from "../../format/time.ts";
import { go, hrefOf } from "../../state/address.ts";
import { ZONES, zone } from "../../state/choices.ts";
import { now } from "../../state/now.ts";
import { COLUMN_PX, GridColumn } from "./GridColumn.tsx";
import { GridReadout } from "./GridReadout.tsx";
import { type GridPlace, placeAfter, type Span, scrollTo, windowOf } from "./gridWindow.ts";
import { runBars } from "./runBars.ts";
import { ALL_SIGNS } from "./stateSign.ts";

/** Where the reader is: a run and a task of it (-1: the run itself). */
interface Pointed {
  readonly run_id: string;
  readonly task: number;
}

/**
 * Runs x tasks. Each run is a row for those who hear the page, drawn as a column: the newest at the left, so that the page needs no scrolling
 * to show it. Only the columns that are seen are there; arrows go from cell to cell, and Enter opens the run at that task.
 */
export function Grid({ grid }: { readonly grid: DagGrid }) {
  const { dag_id, tasks, runs } = grid;
  const frame = useRef<HTMLDivElement>(null);
  const [span, setSpan] = useState<Span>({ from: 0, to: 0 });
  const [focus, setFocus] = useState<Pointed | null>(null);
  const [hovered, setHovered] = useState<Pointed | null>(null);
  const is_moved = useRef(false);
  const places = useMemo(() => new Map(runs.map(({ dag_run_id }, place) => [dag_run_id, place])), [runs]);
  const { full_s, bars } = useMemo(() => runBars(runs, now.value), [runs, runs.some(({ end_date }) => end_date === null) && now.value]);
  const at: GridPlace = { run: places.get(focus?.run_id ?? "") ?? 0, task: Math.min(focus?.task ?? -1, tasks.length - 1) };

  const look = () => {
    if (!frame.current) return;
    const { scrollLeft: scroll_left, clientWidth: width } = frame.current;
    const next = windowOf({ scroll_left, width, column_px: COLUMN_PX, count: runs.length });
    setSpan((last) => (last.from === next.from && last.to === next.to ? last : next));
  };
  useEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, [runs.length]);
  useEffect(() => {
    if (!is_moved.current) return;
    is_moved.current = false;
    cellOf(frame.current!, at, runs)?.focus({ preventScroll: true });
  }, [focus]);

  const move = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(event, pointedBy(event));
      return;
    }
    const to = placeAfter(event.key, at, { runs: runs.length, tasks: tasks.length, is_far: event.ctrlKey });
    const run = to && runs[to.run];
    if (!to || !run || !frame.current) return;
    event.preventDefault();
    is_moved.current = true;
    const { scrollLeft: scroll_left, clientWidth: width } = frame.current;
    frame.current.scrollLeft = scrollTo(to.run, { scroll_left, width, column_px: COLUMN_PX });
    setFocus({ run_id: run.dag_run_id, task: to.task });
  };
  const open = (event: MouseEvent | KeyboardEvent, pointed: Pointed | null) => {
    if (!pointed) return;
    const task = tasks[pointed.task]?.task_id;
    const href = hrefOf("pipelines", [dag_id, pointed.run_id], { task });
    if (event.ctrlKey || event.metaKey) window.open(href, "_blank");
    else go(href);
  };

  const drawn = runs.slice(span.from, span.to).map((run, index) => [run, span.from + index] as const);
  // What has the keyboard stays, wherever the frame is scrolled to.
  if (runs[at.run] && (at.run < span.from || at.run >= span.to)) drawn.push([runs[at.run]!, at.run]);
  const shown = hovered ?? focus;
  const shown_run = shown === null ? undefined : runs[places.get(shown.run_id) ?? -1];
  return (
    <>
      <div
        role="grid"
        class="grid"
        aria-label={`Runs and tasks of ${dag_id}: a row for each run, the newest first; arrow keys go from cell to cell, Enter opens one`}
        aria-rowcount={runs.length + 1}
        aria-colcount={tasks.length + 1}
        aria-readonly="true"
        tabIndex={-1}
        onKeyDown={move}
        onFocusIn={(event) => {
          const pointed = pointedBy(event);
          if (pointed && (pointed.run_id !== focus?.run_id || pointed.task !== focus.task)) setFocus(pointed);
        }}
        onClick={(event) => open(event, pointedBy(event))}
        onPointerOver={(event) => setHovered(pointedBy(event))}
        onPointerLeave={() => setHovered(null)}
      >
        <div role="row" class="grid-names" aria-rowindex={1}>
          <div role="columnheader" class="grid-scale">
            <span class="unseen">run, as a bar of its duration; the highest is </span>
            <span title="Bars of full height took as long or longer">{durationOf(full_s * 1_000)}</span>
          </div>
          {tasks.map(({ task_id, is_mapped, is_defined }) => (
            <div role="columnheader" key={task_id} class="grid-name" title={is_defined ? task_id : `${task_id}: the pipeline has lost it`}>
              {task_id}
              {is_mapped && <span class="quiet"> [ ]</span>}
            </div>
          ))}
        </div>
        <div role="rowgroup" class="grid-frame" ref={frame} onScroll={look}>
          <div role="presentation" class="grid-columns" style={{ width: `${runs.length * COLUMN_PX}px` }}>
            {drawn.map(([run, place]) => (
              <GridColumn
                key={run.dag_run_id}
                run={run}
                tasks={tasks}
                place={place}
                time_zone={ZONES[zone.value]}
                focus={place === at.run ? at.task : null}
                {...bars[place]!}
              />
            ))}
          </div>
        </div>
      </div>
      <GridReadout run={shown_run ?? null} tasks={tasks} task={shown?.task ?? -1} />
      <ul class="grid-legend" aria-label="Signs of the grid">
        {ALL_SIGNS.filter(({ sign }) => sign !== "").map(({ tone, sign, words }) => (
          <li key={words}>
            <span class={`grid-cell grid-${tone}`} aria-hidden="true">
              {sign}
            </span>
            {words}
          </li>
        ))}
        <li>[ ] has an instance for each pair or source</li>
      </ul>
    </>
  );
}

function pointedBy(event: Event): Pointed | null {
  const cell = (event.target as Element).closest<HTMLElement>("[data-task]");
  const run = cell?.closest<HTMLElement>("[data-run]");
  return cell && run ? { run_id: run.dataset["run"]!, task: Number(cell.dataset["task"]) } : null;
}

function cellOf(frame: HTMLElement, { run, task }: GridPlace, runs: readonly GridRunView[]): HTMLElement | null {
  const id = runs[run]?.dag_run_id;
  return id === undefined ? null : frame.querySelector(`[data-run="${CSS.escape(id)}"] [data-task="${task}"]`);
}
