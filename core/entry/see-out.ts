import type { Server } from 'node:http'

/** A little more than Node keeps an unused connection (5 s), which clients are told and keep clear of. */
const LONGEST_DRAIN_MS = 6_000
/** The longest that a request may be asked to wait (30 s), and its answer. */
const LONGEST_REQUEST_MS = 35_000
const LOOK_EVERY_MS = 50

/**
 * Ends a server. `drain`: it goes on answering until its clients have left, each answer telling them so (the caller sets
 * `connection: close`), because a connection that is closed while a client sends on it breaks that request. Without it
 * unused connections are closed at once. What was asked is answered in either case.
 */
export async function seeOut(server: Server, { drain }: { readonly drain: boolean }): Promise<void> {
  if (drain) await untilUnused(server)
  await new Promise<void>((done) => {
    // Right after the loop has accepted what was waiting: a connection that nobody accepted would be reset.
    setImmediate(() => {
      const giveUp = setTimeout(() => server.closeAllConnections(), LONGEST_REQUEST_MS)
      server.close(() => {
        clearTimeout(giveUp)
        done()
      })
    })
  })
}

function untilUnused(server: Server): Promise<void> {
  const endsMs = performance.now() + LONGEST_DRAIN_MS
  return new Promise((done) => {
    const look = (): void => {
      server.getConnections((_error, open) => {
        if (open === 0 || performance.now() > endsMs) done()
        else setTimeout(look, LOOK_EVERY_MS)
      })
    }
    look()
  })
}
