import { request } from "node:http";

export interface RawAnswer {
  /** 0 where the other side hung up. */
  readonly status: number;
  readonly text: string;
}

/** A request with any headers, Host and Origin too, which fetch does not let a program choose. */
export function askAs(
  port: number,
  path: string,
  { method = "GET", headers = {}, body }: { method?: string; headers?: Readonly<Record<string, string>>; body?: string } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers: { connection: "close", ...headers } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.once("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" ? resolve({ status: 0, text: "" }) : reject(error)));
    sent.end(body);
  });
}
