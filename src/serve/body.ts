/** The largest body that is read, in bytes: deliveries hold ids, no data. */
const LARGEST_BODY = 65_536;

/**
 * Reads the body of a request up to the limit, and not at all when more is announced. `cut_off`: the caller went away
 * before its end.
 */
export async function bodyOf(request: Request): Promise<Uint8Array | 'too_large' | 'cut_off'> {
  const announced = request.headers.get('Content-Length');
  if (Number(announced ?? 0) > LARGEST_BODY) return 'too_large';
  try {
    // No more than was announced ever comes.
    if (announced !== null) return new Uint8Array(await request.arrayBuffer());
    return await readBounded(request.body);
  } catch {
    return 'cut_off';
  }
}

// What is left of a body that is too large is for the server to discard: ended here, the answer would be lost with it.
async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array | 'too_large'> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) {
    size += piece.value.length;
    if (size > LARGEST_BODY) return 'too_large';
    pieces.push(piece.value);
  }
  return Buffer.concat(pieces);
}
