import { type LookupAddress, lookup } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP } from 'node:net'
import { err, ok, type Result } from '../domain/result.ts'
import type { CallbackFailure, Callbacks } from '../ports/callbacks.ts'

const TIMEOUT_MS = 10_000

/** Addresses that lie inside somebody's network (RFC 6890 and its IPv6 counterparts), loopback apart. */
const PRIVATE: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

/** `allowLoopback` is for development, where agent and gate share a machine. */
export function createCallbacks(options: { readonly allowLoopback: boolean }): Callbacks {
  const forbidden = forbiddenAddresses(options.allowLoopback)
  return { post: (url, headers, body) => post(new URL(url), headers, body, forbidden) }
}

/** Whether an address may be called; the answer is asked of what a name resolves to, at the time of the connection. */
export function forbiddenAddresses(allowLoopback: boolean): (address: string) => boolean {
  const list = new BlockList()
  for (const [net, prefix, family] of PRIVATE) list.addSubnet(net, prefix, family)
  if (!allowLoopback) {
    list.addSubnet('127.0.0.0', 8, 'ipv4')
    list.addAddress('::1', 'ipv6')
  }
  return (address) => {
    // An IPv4 address in IPv6 clothes is judged as the IPv4 address that it is.
    const bare = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
    return isIP(bare) === 0 || list.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4')
  }
}

class Forbidden extends Error {}

function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  forbidden: (address: string) => boolean,
): Promise<Result<void, CallbackFailure>> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && forbidden(host)) return Promise.resolve(err({ kind: 'forbidden' }))
  const send = url.protocol === 'https:' ? secure : plain
  return new Promise((resolve) => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        timeout: TIMEOUT_MS,
        lookup: checkedLookup(forbidden),
      },
      (answer) => {
        answer.resume()
        const status = answer.statusCode ?? 0
        resolve(status >= 200 && status < 300 ? ok(undefined) : err({ kind: 'status', status }))
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('timeout')))
    sent.on('error', (error) => resolve(err({ kind: error instanceof Forbidden ? 'forbidden' : 'unreachable' })))
    sent.end(body)
  })
}

type Lookup = NonNullable<Parameters<typeof plain>[1]['lookup']>

/** The check sits in the connection's own look-up, so that a name cannot point elsewhere between check and call. */
function checkedLookup(forbidden: (address: string) => boolean): Lookup {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, '')
      const [first] = addresses
      if (!first || addresses.some(({ address }) => forbidden(address))) return done(new Forbidden(hostname), '')
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })
  }
}
