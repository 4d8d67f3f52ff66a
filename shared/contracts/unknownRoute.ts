import { AppError } from "../errors.ts";
import { allowedMethods, type ListedRoute } from "./allowedMethods.ts";

/**
 * Why a request found no route: 405 for a path that is known by other methods, which `details.allow` names; else 404. A path that seems to be
 * known by this very method is none that the router knows.
 */
export function unknownRoute(routes: readonly ListedRoute[], method: string, path: string): AppError {
  const methods = allowedMethods(routes, path);
  if (methods.length === 0 || methods.includes(method))
    return new AppError("not_found", `There is no ${method} ${path}. GET / lists what there is.`, { status: 404 });
  const allow = methods.join(", ");
  return new AppError("method_not_allowed", `There is no ${method} ${path}; it takes ${allow}.`, { status: 405, details: { allow } });
}
