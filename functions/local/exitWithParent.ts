/**
 * Loaded with --import into the Node processes of the stack: the process ends when the one that started it is gone, seen
 * by the end of the channel between them. SIGTERM first, so that handlers can close what is open.
 */
const GRACE_MS = 2_000;

process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
// The listener above holds the process open otherwise, also when its work is done.
process.channel?.unref();
