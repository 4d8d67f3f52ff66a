/** Parts that are opened one after the other, and closed in the reverse order: all of them, whatever fails. */
export interface OpenParts {
  readonly add: (close: () => Promise<unknown>) => void;
  readonly close: () => Promise<void>;
}

/** Opens what is made of several processes; what was opened when a later part fails is closed again. */
export async function openParts<Opened>(open: (parts: OpenParts) => Promise<Opened>): Promise<Opened> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    for (let one = closers.pop(); one; one = closers.pop()) await one().catch((error: unknown) => void failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, "not everything could be closed");
  };
  try {
    return await open({ add: (one) => void closers.push(one), close });
  } catch (error) {
    await close().catch((further: unknown) => {
      throw new AggregateError([error, further], `${(error as Error).message}, and not everything that was open could be closed`);
    });
    throw error;
  }
}
