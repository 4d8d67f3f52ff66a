/** Flags of every Node process that the sidecar starts: they run TypeScript directly, and quietly. */
export const CHILD_NODE_FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"] as const;
