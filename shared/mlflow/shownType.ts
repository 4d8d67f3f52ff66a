const IMAGES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  svg: "image/svg+xml",
};
const TEXTS = new Set(["txt", "md", "csv", "tsv", "json", "yaml", "yml", "html", "htm", "log", "py", "xml", "sql", "toml", "cfg", "ini"]);

/**
 * The media type by which MLflow's page shows a file: pictures as they are, and everything that can be read as text. HTML is text too: the page
 * puts it into a frame of its own, and a browser that is led to it runs nothing.
 */
export function shownType(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const extension = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";
  if (extension in IMAGES) return IMAGES[extension]!;
  return name === "MLmodel" || TEXTS.has(extension) ? "text/plain" : "application/octet-stream";
}
