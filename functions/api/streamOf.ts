/** An answer of pieces as they are made. The first is made before there is an answer: what is wrong with it becomes an error of its own. */
export async function streamOf(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  let next: IteratorResult<Uint8Array<ArrayBuffer>, void> | null = await pieces.next();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      // A stream whose pull gives nothing is not asked again.
      for (;;) {
        const piece = next ?? (await pieces.next());
        next = null;
        if (piece.done) return controller.close();
        if (piece.value.length > 0) return controller.enqueue(piece.value);
      }
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
  return new Response(body, { headers });
}
