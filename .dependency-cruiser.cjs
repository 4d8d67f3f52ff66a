/** Who may import whom: the import directions of the architecture, as errors. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: [...allowed, "^node_modules/", from], dependencyTypesNot: ["core"] },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^cloudflare:" } },
    {
      name: "declared-dependencies",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    only("domain-is-the-kernel", "shared/domain imports nothing of the project but errors", "^shared/domain/", ["^shared/errors\\.ts$"]),
    only("shared-is-pure", "shared imports nothing outside shared", "^shared/", []),
    {
      name: "shared-has-no-io",
      comment: "shared has no I/O, clock or environment",
      severity: "error",
      from: { path: "^shared/" },
      to: { dependencyTypes: ["core"] },
    },
    only("serving-sees-ports", "serving sees shared, never adapters", "^functions/serving/", ["^shared/"]),
    only("adapters-translate", "adapters see shared only", "^functions/adapters/", ["^shared/"]),
    only("engine-knows-no-pipeline", "the engine sees shared: it runs whatever DAGs it is given", "^functions/engine/", ["^shared/"]),
    only("pipelines-see-ports", "DAGs and their steps see shared, never adapters, nor what runs them", "^functions/pipelines/", [
      "^shared/",
    ]),
    only("retention-sees-ports", "what forgets sees shared, never adapters", "^functions/retention/", ["^shared/"]),
    only("health-sees-ports", "the looks at what is well see shared and what serves, never adapters", "^functions/health/", [
      "^shared/",
      "^functions/serving/",
    ]),
    only("api-sees-ports", "the API sees shared and what it asks for what it answers, never adapters", "^functions/api/", [
      "^shared/",
      "^functions/(serving|health|retention|pipelines|engine)/",
    ]),
    {
      name: "one-composition-root",
      comment:
        "only the Workers of functions and what they are composed of put adapters together; functions/local migrates the store, looks at its schema, writes the journal into it, and is outside the Worker",
      severity: "error",
      from: {
        path: "^functions/",
        pathNot: [
          "^functions/(worker|compose\\w*)\\.ts$",
          "^functions/adapters/",
          "^functions/local/(stack/migrateStore|care/storeSchema|deploy/migrationState|journal/main)\\.ts$",
        ],
      },
      to: { path: "^functions/adapters/" },
    },
    only("client-is-alone", "the client of the HTTP API sees the contracts: it runs in programs of other people", "^client/", ["^shared/"]),
    only("local-is-outside", "functions/local speaks HTTP; it may import shared, the client and the crons", "^functions/local/", [
      "^client/",
      "^shared/",
      "^cron-triggers/",
      "^functions/adapters/libsql/(database|readApplied|schemaProbe|serving/predictionLog)\\.ts$",
    ]),
    only(
      "sidecar-is-alone",
      "the sidecar sees contracts, the domain, the lexicon that reads where no model does, and how metrics are told",
      "^gpu-sidecar/",
      ["^shared/(contracts|domain|exposition|news)/", "^shared/errors\\.ts$"],
    ),
    only("dashboards-name-what-is-shown", "dashboards see the names and limits of shared", "^dashboards/(?!web/)", [
      "^shared/(exposition|monitoring)/",
    ]),
    only(
      "web-asks-the-api",
      "the web application sees what is pure, and the rest of the project through the API alone",
      "^dashboards/web/",
      ["^shared/"],
    ),
    only("sandbox-is-alone", "the sandbox sees contracts and the domain", "^data/sandbox/", [
      "^shared/(contracts|domain|bronze|ports)/",
      "^shared/errors\\.ts$",
    ]),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["workerd", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
};
