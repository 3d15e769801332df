import { parse } from 'tldts'
import { glance } from './web-address.ts'

/** Shorter names are a letter away from too many others. */
const SHORTEST_MISTYPED = 6

/**
 * Whether a host could be taken for another domain: by letters that look alike, by one letter wrong, missing, too many
 * or two exchanged, by the ending (`smile-dental.co`), or because the domain stands in front of another one (`smile.com.evil.com`).
 */
export function isLookAlike(host: string, domain: string): boolean {
  if (host === domain || host.endsWith(`.${domain}`)) return false
  if (host.startsWith(`${domain}.`) || host.includes(`.${domain}.`)) return true
  const registered = parse(host, { allowPrivateDomains: false }).domain ?? host
  const own = parse(domain, { allowPrivateDomains: false }).domain ?? domain
  if (registered === own) return false
  if (glance(registered) === glance(own)) return true
  const [name, meant] = [nameOf(registered), nameOf(own)]
  if (name !== meant && glance(name) === glance(meant)) return true
  return meant.length >= SHORTEST_MISTYPED && (name === meant || isOneMistakeAway(name, meant))
}

const nameOf = (domain: string): string => domain.slice(0, domain.indexOf('.'))

function isOneMistakeAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const [restA, restB] = [a.slice(start), b.slice(start)]
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}
