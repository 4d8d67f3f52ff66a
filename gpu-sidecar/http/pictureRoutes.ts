import { paintPng as paintPngRoute } from "../../shared/contracts/pictures.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { paintPng } from "../pictures/paintPng.ts";

export function pictureRoutes(): MountedRoute {
  return handle(paintPngRoute, async ({ body }) => {
    const png = await paintPng(body);
    return new Response(png as Uint8Array<ArrayBuffer>, { headers: { "Content-Type": "image/png" } });
  });
}
