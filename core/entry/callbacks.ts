import { type LookupAddress, lookup } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type Socket } from 'node:net'
import { err, ok, type Result } from '../domain/result.ts'
import type { CallbackFailure, Callbacks } from '../ports/callbacks.ts'

/** For the whole attempt, the name's resolution included. */
const TIMEOUT_MS = 20_000

/** Addresses that lie inside somebody's network, or lead nowhere (RFC 6890), loopback apart. */
const PRIVATE_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
/** Of IPv6 only global unicast may be called, and of that not what wraps an IPv4 address or is set aside. */
const GLOBAL_6 = ['2000::', 3] as const
const SET_ASIDE_6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

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

/** What can be said without asking anybody. URL turns decimal, octal and hexadecimal spellings into the plain address. */
function problemOfAddress(
  text: string,
  allowLoopback: boolean,
  forbidden: (address: string) => boolean,
): string | null {
  if (!URL.canParse(text)) return 'It is not an address.'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(allowLoopback && url.protocol === 'http:')) return 'It has to begin with https.'
  if (url.username !== '' || url.password !== '') return 'It must not carry a user name or a password.'
  const port = Number(url.port || 443)
  if (!allowLoopback && port < 1024 && port !== 443) return 'Of the ports below 1024 only 443 is called.'
  const host = hostOf(url)
  if (isIP(host) !== 0 && forbidden(host)) return 'It lies in a private network.'
  return null
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** Whether an address may not be called; asked of what a name resolves to, and of where the connection ended up. */
export function forbiddenAddresses(allowLoopback: boolean): (address: string) => boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8, 'ipv4')
  loopback.addAddress('::1', 'ipv6')
  const four = new BlockList()
  for (const [net, prefix] of PRIVATE_4) four.addSubnet(net, prefix, 'ipv4')
  four.addSubnet('127.0.0.0', 8, 'ipv4')
  const global = new BlockList()
  global.addSubnet(...GLOBAL_6, 'ipv6')
  const six = new BlockList()
  for (const [net, prefix] of SET_ASIDE_6) six.addSubnet(net, prefix, 'ipv6')
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0 || address.includes('%')) return true
    if (allowLoopback && loopback.check(address, family)) return false
    // An IPv4 address in IPv6 clothes is judged as the IPv4 address that it is.
    const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
    if (dotted !== undefined) return four.check(dotted, 'ipv4')
    if (family === 'ipv4') return four.check(address, 'ipv4')
    return !global.check(address, 'ipv6') || six.check(address, 'ipv6')
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

/** Seconds, or a date; null: nothing that can be read. */
function retryAfter(written: string | undefined): number | null {
  if (written === undefined) return null
  if (/^\d{1,9}$/.test(written)) return Number(written) * 1000
  const at = Date.parse(written)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
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
