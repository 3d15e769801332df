import { createServer } from 'node:http'

/** A CRM on loopback that counts what reaches it: as little work as an answer in HubSpot's shape allows. */
export type Platform = {
  readonly url: string
  /** How often the effect on this contact came. */
  effects(contact: string): number
  /** Resolves with the time (`performance.now()`) of the first effect on the contact. */
  effect(contact: string): Promise<number>
  /** All effects so far. */
  total(): number
}

export function startPlatform(): Promise<Platform> {
  const counts = new Map<string, number>()
  const waiting = new Map<string, (at: number) => void>()
  let total = 0
  const server = createServer((request, answer) => {
    const contact = /\/contacts\/(\d+)/.exec(request.url ?? '')?.[1]
    request.resume()
    if (contact === undefined) {
      // Slack's Web API: every message is taken.
      request.on('end', () => respond(answer, '{"ok":true,"channel":"C0BENCH","ts":"1700000000.000100"}'))
      return
    }
    request.on('end', () => {
      if (request.method === 'PATCH') {
        total += 1
        counts.set(contact, (counts.get(contact) ?? 0) + 1)
        waiting.get(contact)?.(performance.now())
        waiting.delete(contact)
      }
      respond(answer, record(contact))
    })
  })
  server.keepAliveTimeout = 600_000
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', 1024, () => {
      const address = server.address()
      resolve({
        url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
        effects: (contact) => counts.get(contact) ?? 0,
        effect: (contact) => new Promise((told) => waiting.set(contact, told)),
        total: () => total,
      })
    })
  })
}

const record = (id: string): string =>
  `{"id":"${id}","properties":{"email":"patient-${id}@example.com"},"createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z","archived":false}`

function respond(answer: import('node:http').ServerResponse, body: string): void {
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  answer.end(body)
}
