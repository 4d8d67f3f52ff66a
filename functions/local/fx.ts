import { withoutProxyForLoopback } from "./stack/withoutProxyForLoopback.ts";

// Before anything asks: Node reads it at each request, and the parts inherit it.
Object.assign(process.env, withoutProxyForLoopback(process.env));
/** The fx command. launch.mjs has seen to it that this Node is new enough. */
const { runFx } = await import("./runFx.ts");
// Channels to stopped parts may linger; what is written to stdout is out by now.
process.exit(await runFx(process.argv.slice(2)));
