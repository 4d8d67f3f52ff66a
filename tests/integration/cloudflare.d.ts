/** The parts of workerd's own modules that the tests use; the real types would replace those of Node for the whole project. */
declare module "cloudflare:workers" {
  export const env: import("../../functions/environment.ts").Bindings & Readonly<Record<"SQLD_URL" | "SIDECAR_URL", string>>;
  export const exports: { readonly default: { fetch(input: string, init?: RequestInit): Promise<Response> } };
}

declare module "cloudflare:test" {
  export function createScheduledController(options: {
    cron: string;
    scheduledTime: number;
  }): import("@cloudflare/workers-types").ScheduledController;
  export function createMessageBatch<Body>(
    queue: string,
    messages: { id: string; timestamp: number; attempts: number; body: Body }[],
  ): import("@cloudflare/workers-types").MessageBatch<Body>;
}
