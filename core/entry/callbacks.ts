import { type LookupAddress, lookup } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import type { Socket } from 'node:net'
import { err, ok, type Result } from '../domain/result.ts'
import type { CallbackFailure, Callbacks } from '../ports/callbacks.ts'
import { forbiddenAddresses, problemOfAddress } from './forbidden-addresses.ts'
import { retryAfter } from './retry-after.ts'

/** For the whole attempt, the name's resolution included. */
const TIMEOUT_MS = 20_000

export type CallbackOptions = {
  /** For development, where agent and gate share a machine: loopback, any port and plain http are taken. */
  readonly allowLoopback: boolean
  /** How names become addresses; default: the system's way. A test turns it. */
  readonly resolve?: Resolve
  readonly timeoutMs?: number
}

type Resolve = (
  hostname: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

export function createCallbacks(options: CallbackOptions): Callbacks {
  const forbidden = forbiddenAddresses(options.allowLoopback)
  const problemOf = (url: string): string | null => problemOfAddress(url, options.allowLoopback, forbidden)
  return {
    problemOf,
    post: (url, headers, body) =>
      problemOf(url) === null
        ? post(new URL(url), headers, body, {
            forbidden,
            resolve: options.resolve ?? lookup,
            timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
          })
        : Promise.resolve(err({ kind: 'forbidden' })),
  }
}

class Forbidden extends Error {}
class TimedOut extends Error {}

type Ways = {
  readonly forbidden: (address: string) => boolean
  readonly resolve: Resolve
  readonly timeoutMs: number
}

function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  ways: Ways,
): Promise<Result<{ readonly status: number }, CallbackFailure>> {
  const send = url.protocol === 'https:' ? secure : plain
  return new Promise((resolve) => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Tenure' },
        lookup: checkedLookup(ways),
        // A connection of its own: one that is kept open was checked for somebody else.
        agent: false,
      },
      (answer) => {
        clearTimeout(timer)
        const status = answer.statusCode ?? 0
        const retryAfterMs = retryAfter(answer.headers['retry-after'])
        // Nobody reads what it says.
        answer.destroy()
        resolve(status >= 200 && status < 300 ? ok({ status }) : err({ kind: 'status', status, retryAfterMs }))
      },
    )
    const timer = setTimeout(() => sent.destroy(new TimedOut()), ways.timeoutMs)
    // Before a byte is written: whatever the resolver said, this is where the connection leads.
    sent.on('socket', (socket: Socket) => socket.once('connect', () => refusePrivate(socket, ways.forbidden)))
    sent.on('error', (error) => {
      clearTimeout(timer)
      const kind = error instanceof Forbidden ? 'forbidden' : error instanceof TimedOut ? 'timeout' : 'unreachable'
      resolve(err({ kind }))
    })
    sent.end(body)
  })
}

function refusePrivate(socket: Socket, forbidden: (address: string) => boolean): void {
  if (forbidden(socket.remoteAddress ?? '')) socket.destroy(new Forbidden(socket.remoteAddress))
}

type Lookup = NonNullable<Parameters<typeof plain>[1]['lookup']>

/** The check sits in the connection's own look-up, so that a name cannot point elsewhere between check and call. */
function checkedLookup({ forbidden, resolve }: Ways): Lookup {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      const [first] = addresses
      if (!first || addresses.some(({ address }) => forbidden(address))) return done(new Forbidden(hostname), '')
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })
  }
}
