import { catalogueViews } from "../../shared/catalogue/catalogueViews.ts";
import { CATALOGUE_ENTITIES } from "../../shared/catalogue/entities.ts";
import { requireFeature, requireView } from "../../shared/catalogue/findInCatalogue.ts";
import { readCatalogue, readFeature, readFeatureService, readFeatureView } from "../../shared/contracts/features.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Ports } from "../pipelines/ports.ts";
import { createFeatureServices } from "./featureServices.ts";
import { serviceFacts, viewFacts, viewOfFeature, viewOfService, viewOfView } from "./viewOfCatalogue.ts";

/** The catalogue of the feature store, made of the definitions that rows are computed by and of the models that read them. */
export function featureRoutes(ports: Ports): MountedRoute[] {
  const views = catalogueViews(ports.config);
  const services = createFeatureServices(ports);
  return [
    handle(readCatalogue, async () => {
      const found = await services.list();
      return {
        entities: CATALOGUE_ENTITIES.map((entity) => ({ ...entity })),
        views: views.map((view) => ({ ...viewFacts(view), features: view.features.map(({ name }) => name) })),
        services: found.services.map((service) => ({ ...serviceFacts(service), features: service.features.length })),
        unreadable_services: found.unreadable,
      };
    }),
    handle(readFeatureView, ({ params }) => viewOfView(requireView(views, params.view), views)),
    handle(readFeature, async ({ params }) => {
      const view = requireView(views, params.view);
      const feature = requireFeature(view, params.feature);
      const found = await services.list();
      const reads = found.services.filter(({ features }) => features.some((one) => one.view === feature.view && one.name === feature.name));
      return { ...viewOfFeature(feature, view, views), services: reads.map(({ name }) => name) };
    }),
    handle(readFeatureService, async ({ params }) => viewOfService(await services.find(params.service))),
  ];
}
