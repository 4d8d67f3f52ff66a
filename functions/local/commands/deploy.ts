import { join } from "node:path";
import { problemsOf } from "../deploy/finding.ts";
import { EXIT_FAILED } from "../text/localError.ts";
import { renderDeployment } from "../text/showDeployment.ts";
import { type Command, JSON_OPTION, textOption } from "./command.ts";

const SECRETS = ".env.production";

export const deployCommand: Command = {
  name: "deploy",
  summary: "what a deployment to Cloudflare needs; with --apply, deploy",
  positionals: [],
  options: {
    apply: { type: "boolean", help: "migrate the database, make the queues and deploy; without it nothing is changed" },
    secrets: { type: "string", value: "FILE", help: `what is not in wrangler.toml, as NAME=value lines (${SECRETS})` },
    config: { type: "string", value: "FILE", help: "another wrangler.toml" },
    json: JSON_OPTION,
  },
  details: [
    "Without --apply it asks nobody but the database, and works offline. What is deployed is [env.production] of wrangler.toml. With a problem nothing is done.",
  ],
  async run(context, args) {
    const { deploy } = await import("../deploy/deploy.ts");
    const will_apply = args.values["apply"] === true;
    const findings = await deploy(context, {
      config: textOption(args, "config") ?? join(context.root, "wrangler.toml"),
      secrets: textOption(args, "secrets") ?? SECRETS,
      will_apply,
    });
    const problems = problemsOf(findings).length;
    const was_applied = will_apply && problems === 0;
    const text =
      args.values["json"] === true ? JSON.stringify({ problems, was_applied, findings }) : renderDeployment(findings, was_applied);
    context.stdout.write(`${text}\n`);
    return problems > 0 ? EXIT_FAILED : 0;
  },
};
