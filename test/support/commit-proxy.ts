import { createServer, type Socket, connect } from 'node:net'

const COMMAND_COMPLETE = 0x43
const HEADER = 5

/**
 * Stands between a gate and its Postgres and, when asked, loses the answer to a COMMIT: the server has committed, the
 * client only sees its connection end. Reads the server's messages (a type byte, a length, a body), and nothing else.
 */
export async function startCommitProxy(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  let isArmed = false
  let lost = 0
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', end).on('close', () => {
        open.delete(socket)
        end()
      })
    }
    client.on('data', (bytes) => upstream.write(bytes))
    let rest: Buffer = Buffer.alloc(0)
    upstream.on('data', (bytes) => {
      const { whole, left, commits } = messagesIn(Buffer.concat([rest, bytes]))
      rest = left
      if (isArmed && commits) {
        isArmed = false
        lost += 1
        end()
        return
      }
      client.write(whole)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: url.href,
    /** The next COMMIT that the server answers is the last that its connection hears of. */
    loseNextCommit: () => void (isArmed = true),
    disarm: () => void (isArmed = false),
    lost: () => lost,
    close: async (): Promise<void> => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

export type CommitProxy = Awaited<ReturnType<typeof startCommitProxy>>

/** The whole messages at the start, what is left of the next one, and whether one of them says that it was committed. */
function messagesIn(bytes: Buffer): { readonly whole: Buffer; readonly left: Buffer; readonly commits: boolean } {
  let at = 0
  let commits = false
  while (bytes.length - at >= HEADER) {
    const end = at + 1 + bytes.readUInt32BE(at + 1)
    if (end > bytes.length) break
    if (bytes[at] === COMMAND_COMPLETE && bytes.toString('latin1', at + HEADER, end - 1) === 'COMMIT') commits = true
    at = end
  }
  return { whole: bytes.subarray(0, at), left: bytes.subarray(at), commits }
}
