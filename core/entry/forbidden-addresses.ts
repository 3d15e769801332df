import { BlockList, isIP } from 'node:net'

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

/** What can be said without asking anybody. URL turns decimal, octal and hexadecimal spellings into the plain address. */
export function problemOfAddress(
  text: string,
  allowLoopback: boolean,
  forbidden: (address: string) => boolean = forbiddenAddresses(allowLoopback),
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
