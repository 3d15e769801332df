import { connect, createServer, type Socket } from 'node:net'

/** What PgBouncer takes at the start of a connection; it refuses every other setting. */
const KNOWN_AT_START = ['user', 'database', 'client_encoding', 'application_name', 'datestyle', 'timezone']
/** What needs a session that is kept, and cannot be had where every transaction gets any connection. */
const NEEDS_A_SESSION =
  /\blisten\b|\bunlisten\b|pg_(try_)?advisory_(un)?lock(_shared)?\s*\(|^\s*(prepare|deallocate|declare)\b|^\s*set\s+(?!local|transaction)/i

export type HostilePool = {
  readonly url: string
  /** Statements for which a client was thrown out. */
  readonly refused: readonly string[]
  /** Transactions that were served, and how many times a client got another connection than the time before. */
  readonly served: { transactions: number; moves: number }
  close(): Promise<void>
}

type Upstream = { readonly id: number; readonly socket: Socket; take: ((type: string, message: Buffer) => void) | null }

/**
 * A pooler in transaction mode at its worst, on the wire: few connections for many clients, another one for each
 * transaction, nothing kept between two, and whoever asks for a session is thrown out.
 */
export async function openHostilePool(target: string, size = 3): Promise<HostilePool> {
  const refused: string[] = []
  const served = { transactions: 0, moves: 0 }
  const upstreams = await Promise.all(Array.from({ length: size }, (_, id) => openUpstream(target, id)))
  const idle = [...upstreams]
  const waiting: { readonly last: number; readonly give: (upstream: Upstream) => void }[] = []
  const clients = new Set<Socket>()

  function acquire(last: number): Promise<Upstream> {
    // The longest idle one that is not the one before.
    const at = Math.max(
      0,
      idle.findIndex(({ id }) => id !== last),
    )
    const [upstream] = idle.splice(at, 1)
    if (upstream) return Promise.resolve(upstream)
    return new Promise((give) => waiting.push({ last, give }))
  }
  async function release(upstream: Upstream): Promise<void> {
    await simpleQuery(upstream, 'discard all')
    const next = waiting.shift()
    if (next) next.give(upstream)
    else idle.push(upstream)
  }

  function serve(socket: Socket): void {
    clients.add(socket.setNoDelay(true))
    let started = false
    let over = false
    let upstream: Upstream | null = null
    let last = -1
    /** Queries and syncs that were not answered yet. */
    let open = 0
    /** Parts of a request whose sync has not come yet: they belong to the connection that has them. */
    let partial = false
    let buffered = Buffer.alloc(0)
    const queue: { type: string; message: Buffer }[] = []
    let pumping = false

    function throwOut(why: string): void {
      refused.push(why)
      over = true
      const says = errorMessage(`a pooler in transaction mode does not serve this: ${why}`)
      socket.end(started ? Buffer.concat([says, frame('Z', 'I')]) : says)
      queue.length = 0
    }
    function answered(type: string, message: Buffer): void {
      socket.write(message)
      if (type !== 'Z') return
      open -= 1
      if (open > 0 || partial || message[5] !== 0x49 || !upstream) return
      const used = upstream
      used.take = null
      upstream = null
      served.transactions += 1
      void release(used)
    }
    async function pump(): Promise<void> {
      if (pumping) return
      pumping = true
      for (let one = queue.shift(); one; one = queue.shift()) {
        const { type, message } = one
        const why = objection(type, message)
        if (why !== null) {
          throwOut(why)
          break
        }
        if (!upstream) {
          const given = await acquire(last)
          if (over) {
            void release(given)
            break
          }
          upstream = given
          if (upstream.id !== last && last >= 0) served.moves += 1
          last = upstream.id
          upstream.take = answered
        }
        partial = type !== 'Q' && type !== 'S'
        if (!partial) open += 1
        upstream.socket.write(message)
      }
      pumping = false
    }
    socket.on('data', (chunk: Buffer) => {
      if (over) return
      buffered = Buffer.concat([buffered, chunk])
      for (;;) {
        const head = started ? 1 : 0
        if (buffered.length < head + 4) return
        const length = head + buffered.readInt32BE(head)
        if (buffered.length < length) return
        const message = buffered.subarray(0, length)
        buffered = buffered.subarray(length)
        if (started) {
          const type = String.fromCharCode(message[0] ?? 0)
          if (type === 'X') socket.end()
          else queue.push({ type, message })
        } else if (message.readInt32BE(4) === 80_877_103) {
          // No TLS here.
          socket.write('N')
        } else {
          const unknown = startSettings(message).find((name) => !KNOWN_AT_START.includes(name.toLowerCase()))
          if (unknown === undefined) socket.write(GREETING)
          else throwOut(`unsupported startup parameter: ${unknown}`)
          started = true
        }
        void pump()
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clients.delete(socket)
      over = true
      const used = upstream
      upstream = null
      if (!used) return
      // A client that dies in a transaction takes the connection with it, and the server rolls back.
      used.take = null
      used.socket.destroy()
      void openUpstream(target, used.id).then((fresh) => {
        upstreams[used.id] = fresh
        return release(fresh)
      })
    })
  }

  const server = createServer(serve)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const url = new URL(target)
  url.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: url.href,
    refused,
    served,
    async close() {
      for (const socket of clients) socket.destroy()
      for (const { socket } of upstreams) socket.destroy()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

/** Why this message is not served; null: it is. */
function objection(type: string, message: Buffer): string | null {
  if (type !== 'Q' && type !== 'P') return null
  const [first = '', second = ''] = message.subarray(5).toString('utf8').split('\0')
  if (type === 'P' && first !== '') return `prepared statement ${first}`
  const text = type === 'P' ? second : first
  return NEEDS_A_SESSION.test(text) ? text.slice(0, 80) : null
}

function startSettings(message: Buffer): readonly string[] {
  const parts = message.subarray(8).toString('utf8').split('\0')
  return parts.filter((part, at) => at % 2 === 0 && part !== '')
}

/** A connection to the server behind, signed in with the address's user and password. */
function openUpstream(target: string, id: number): Promise<Upstream> {
  const { hostname, port, username, password, pathname } = new URL(target)
  const socket = connect(Number(port), hostname).setNoDelay(true)
  const upstream: Upstream = { id, socket, take: null }
  let buffered = Buffer.alloc(0)
  const start = Buffer.from(`user\0${username}\0database\0${pathname.slice(1)}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(start.length + 8, 0)
  head.writeInt32BE(196_608, 4)
  socket.write(Buffer.concat([head, start]))
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    upstream.take = (type, message) => {
      if (type === 'R' && message.readInt32BE(5) === 3) socket.write(frame('p', `${decodeURIComponent(password)}\0`))
      if (type === 'E') reject(new Error(message.toString('utf8')))
      if (type !== 'Z') return
      upstream.take = null
      resolve(upstream)
    }
    socket.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk])
      while (buffered.length >= 5 && buffered.length > buffered.readInt32BE(1)) {
        const message = buffered.subarray(0, 1 + buffered.readInt32BE(1))
        buffered = buffered.subarray(message.length)
        upstream.take?.(String.fromCharCode(message[0] ?? 0), Buffer.from(message))
      }
    })
  })
}

/** One of our own; what it answers goes to nobody. */
function simpleQuery(upstream: Upstream, text: string): Promise<void> {
  return new Promise((resolve) => {
    upstream.take = (type) => {
      if (type !== 'Z') return
      upstream.take = null
      resolve()
    }
    upstream.socket.write(frame('Q', `${text}\0`))
  })
}

function frame(type: string, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body)
  const head = Buffer.alloc(5)
  head.write(type, 0)
  head.writeInt32BE(bytes.length + 4, 1)
  return Buffer.concat([head, bytes])
}

const errorMessage = (says: string): Buffer => frame('E', `SFATAL\0VFATAL\0C08P01\0M${says}\0\0`)

const setting = (name: string, value: string): Buffer => frame('S', `${name}\0${value}\0`)
const GREETING = Buffer.concat([
  frame('R', Buffer.alloc(4)),
  setting('server_version', '18.0'),
  setting('client_encoding', 'UTF8'),
  setting('standard_conforming_strings', 'on'),
  setting('DateStyle', 'ISO, MDY'),
  setting('TimeZone', 'UTC'),
  frame('K', Buffer.alloc(8)),
  frame('Z', 'I'),
])
