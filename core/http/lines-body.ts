/** One JSON document a line. A plain string: the types would take what ends in "json" for one JSON document. */
export const NDJSON: string = 'application/x-ndjson'
/** Lines are gathered to pieces of about this many characters. */
const PIECE = 64 * 1024

/**
 * The lines as a body, read as fast as it is taken. A failure in the middle ends the stream without its last line, which
 * the reader notices. `pieceLength`: 0 sends every line as it comes.
 */
export function linesBody(
  lines: AsyncIterable<unknown>,
  failed: (error: unknown) => void,
  pieceLength = PIECE,
): ReadableStream<Uint8Array> {
  const iterator = lines[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        let piece = ''
        for (let next = await iterator.next(); ; next = await iterator.next()) {
          if (next.done) {
            if (piece) controller.enqueue(encoder.encode(piece))
            controller.close()
            return
          }
          piece += `${JSON.stringify(next.value)}\n`
          if (piece.length >= pieceLength) break
        }
        controller.enqueue(encoder.encode(piece))
      } catch (error) {
        failed(error)
        controller.error(error)
      }
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
