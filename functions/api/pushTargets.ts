import { catalogueViews } from "../../shared/catalogue/catalogueViews.ts";
import { requireView, unknownName } from "../../shared/catalogue/findInCatalogue.ts";
import { AppError } from "../../shared/errors.ts";
import type { PushedView } from "../../shared/features/pushedViews.ts";
import { pushedViews, type ViewConfig } from "../../shared/features/views.ts";

/**
 * The views that rows may be sent to. One that a pipeline makes is not among them: what is served of it would no longer be what models are
 * trained on and what the leak check computes again.
 */
export function createPushTargets(config: ViewConfig) {
  const pushed = pushedViews(config);
  const all = catalogueViews(config);
  return {
    /** 422, as Feast has it, for a name that is none's. */
    ofSource(name: string): PushedView {
      const found = pushed.find(({ push_source }) => push_source === name);
      if (found) return found;
      const known = pushed.map(({ push_source }) => push_source);
      const { message, details } = unknownName("unknown_push_source", "push_source_name", "push source", name, known);
      throw new AppError("unknown_push_source", message, { status: 422, details });
    },
    /** 404 for a name that is none's, 409 for a view that a pipeline makes. */
    ofView(name: string): PushedView {
      const found = pushed.find((view) => view.name === name);
      if (found) return found;
      const { about } = requireView(all, name, "feature_view_name");
      const problem = `${name} is made by ${about.owner}, and takes no rows from elsewhere: what is served of it would not be what models are trained on`;
      const open = pushed.map((view) => view.name).join(", ");
      throw new AppError("view_is_derived", `feature_view_name: ${problem}. Rows may be sent to ${open}.`, {
        status: 409,
        details: { field: "feature_view_name", open: pushed.map((view) => view.name) },
      });
    },
  };
}
