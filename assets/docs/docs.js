/** The page of /docs: Swagger UI over this server's own openapi.json, and one field for the key that all of its schemes take. */
const ui = globalThis.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // Nothing of this page is sent to anybody else, not even for checking.
  validatorUrl: null,
  defaultModelsExpandDepth: -1,
});

document.querySelector("#key").addEventListener("submit", (event) => {
  event.preventDefault();
  const key = document.querySelector("#key-text").value.trim();
  const schemes = Object.keys(ui.specSelectors.securityDefinitions()?.toJS() ?? {});
  if (key === "") ui.authActions.logout(schemes);
  else for (const scheme of schemes) ui.preauthorizeApiKey(scheme, key);
  document.querySelector("#key-state").value = key === "" ? "No key is sent." : "It is sent with what is asked from here.";
});
