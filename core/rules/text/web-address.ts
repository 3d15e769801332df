import { parse } from 'tldts'
import { latinOf } from './look-alikes.ts'
import { hostInLetters } from './punycode.ts'

/** One place that a link leads to. */
export type Destination = {
  /** In its own letters, without `www.`. */
  readonly host: string
  /** What somebody registered (`smile.co.uk`); the host where there is none (an IP address). In its own letters. */
  readonly domain: string
  /** Without TLS. */
  readonly insecure: boolean
  /** Goes through a service that hides where it leads. */
  readonly shortened: boolean
}

const MOST_DESTINATIONS = 20
const MOST_DECODED = 5

/** Names of parameters by which addresses send on. */
const SENDS_ON = new Set(
  'url u uri q r link href to go goto out away next target dest destination redir redirect redirect_to redirect_uri redirect_url redirecturl return return_to return_url returnto returnurl continue continue_url forward ref_url l'.split(
    ' ',
  ),
)

const SHORTENERS = new Set(
  'adf.ly amzn.to bit.do bit.ly bitly.com bl.ink buff.ly clck.ru cutt.ly dlvr.it eepurl.com fb.me goo.gl hubs.la hubs.ly ift.tt is.gd kutt.it lnkd.in mcaf.ee ow.ly qr.ae rb.gy rebrand.ly rotf.lol s.id short.gy short.io shorturl.at shrtco.de snip.ly soo.gd t.co t.ly tiny.cc tiny.one tinyurl.com trib.al urlz.fr v.gd wp.me x.co'.split(
    ' ',
  ),
)

/**
 * Everywhere that an address leads: its own host, and those that it names for sending on. Where it names more than can be
 * followed it counts as shortened. Empty: not a web address.
 */
export function destinationsOf(address: string): readonly Destination[] {
  const found = new Map<string, Destination>()
  const waiting = [address]
  for (let at = 0; at < waiting.length; at++) {
    const url = urlFrom(waiting[at] ?? '')
    if (!url) continue
    const destination = destinationOf(url)
    const hidden = waiting.length > MOST_DESTINATIONS
    found.set(`${destination.host} ${destination.insecure}`, hidden ? { ...destination, shortened: true } : destination)
    if (hidden) break
    waiting.push(...sentOnTo(url))
  }
  return [...found.values()]
}

function urlFrom(address: string): URL | null {
  const trimmed = address.trim()
  const whole = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(trimmed) ? trimmed : `https://${trimmed.replace(/^[/\\]+/, '')}`
  const url = URL.parse(whole)
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : null
}

function destinationOf(url: URL): Destination {
  const host = hostInLetters(url.hostname.replace(/\.$/, '')).replace(/^www\./, '')
  const domain = parse(host, { allowPrivateDomains: false }).domain ?? host
  return {
    host,
    domain,
    insecure: url.protocol === 'http:',
    shortened: SHORTENERS.has(domain) || SHORTENERS.has(host),
  }
}

function sentOnTo(url: URL): readonly string[] {
  const found: string[] = []
  const fragment = url.hash.includes('=') ? [...new URLSearchParams(url.hash.slice(1))] : []
  for (const [name, value] of [...url.searchParams, ...fragment]) {
    const decoded = decodedFully(value)
    if (isAddress(decoded) || (SENDS_ON.has(name.toLowerCase()) && isDomain(decoded))) found.push(decoded)
  }
  // An address within the path, as archives and some trackers have it.
  const path = decodedFully(url.pathname + url.hash)
  const inPath = /https?:\/{1,2}[^/]/i.exec(path)
  if (inPath) found.push(path.slice(inPath.index).replace(/^(https?:)\/(?!\/)/i, '$1//') + url.search)
  return found
}

function decodedFully(value: string): string {
  let text = value
  for (let times = 0; times < MOST_DECODED && text.includes('%'); times++) {
    try {
      text = decodeURIComponent(text)
    } catch {
      // A lone percent sign: this is as far as it goes.
      return text
    }
  }
  return text
}

const isAddress = (text: string): boolean => /^\s*(?:https?:)?[/\\]{2}[^/\\]/i.test(text)

/** Whether a word is a host that can exist: its ending is one that is registered under. */
export function isDomain(text: string): boolean {
  const host = /^[^\s/?#@:]+\.[^\s/?#@:.]{2,}(?=[/?#:]|$)/u.exec(text.trim())?.[0]
  return host !== undefined && host.length < 254 && parse(host).isIcann === true
}

/** What a host looks like at a glance: one drawing for letters that are taken for one another. */
export const glance = (host: string): string =>
  Array.from(host.normalize('NFKC').toLowerCase(), (letter) =>
    /[a-z]/.test(letter) ? letter : latinOf(letter.normalize('NFD').charAt(0)),
  )
    .join('')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/[1|i]/g, 'l')
    .replace(/0/g, 'o')
