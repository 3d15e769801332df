import { createConnection, createServer, type Socket } from 'node:net'

export type LatencyProxy = { readonly url: string; readonly close: () => Promise<void> }

/** A way to a Postgres that takes `delayMs` in each direction; the bytes keep their order. */
export async function startLatencyProxy(databaseUrl: string, delayMs: number): Promise<LatencyProxy> {
  const target = new URL(databaseUrl)
  const [host, targetPort] = [target.hostname, Number(target.port)]
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = createConnection(targetPort, host)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    late(client, upstream, delayMs)
    late(upstream, client, delayMs)
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  target.port = String(port)
  return {
    url: target.href,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Timers of one length go off in the order in which they were set. */
function late(from: Socket, to: Socket, delayMs: number): void {
  from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), delayMs))
  from.on('end', () => setTimeout(() => to.end(), delayMs))
  from.on('close', () => setTimeout(() => to.destroy(), delayMs))
}
