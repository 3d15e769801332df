import { cleaned } from './fold.ts'
import type { HtmlText } from './html.ts'
import { type Destination, destinationsOf, isDomain } from './web-address.ts'

/** A link that somebody may follow. */
export type Link = {
  readonly address: string
  /** The words or the address that it is shown as; empty: the address itself. */
  readonly shown: string
  /** `script`: it runs code; `filled_in`: the platform fills in where it leads when it sends. */
  readonly kind: 'web' | 'script' | 'filled_in'
  /** Everywhere it leads, the first host first. */
  readonly leads: readonly Destination[]
}

const BARE =
  /(?:https?:[/\\]{1,2}|(?<![\p{L}\p{N}.@-])www\.)[^\s<>"'“”„]+|(?<![\p{L}\p{N}_.@/%=&?#+-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}]{2,24}(?![\p{L}\p{N}@-])(?:[/?#][^\s<>"'“”„]*)?/giu
/** What stands in every address; most texts have none, and to look for addresses takes long. */
const MAY_BE_BARE = /\.\S|:[/\\]/
const TRAILING = /[.,;:!?)\]}'*_»]+$/
const FILLED_IN = /\*\|.*?\|\*|\{\{.*?\}\}|\{%.*?%\}|\[\[.*?\]\]|%%.*?%%|\$\{.*?\}/
/** What every newsletter ends with; the platform itself is where these lead. */
const OF_PLATFORM =
  /^\W*(?:unsub|archive|forward|update_?profile|abuse|view|list:|manage|preferences|subscription|rewards|address|contact\.unsub)/i
const RUNS = /^[\s\p{Cc}]*(?:(?:java|vb)script:|data:text\/html)/iu

/** The links of some texts: those of the markup, and addresses that stand in the text, which mail programs turn into links. */
export function linksOf(pages: readonly HtmlText[]): readonly Link[] {
  const links = new Map<string, Link>()
  const add = (address: string, shown: string): void => {
    const link = linkOf(address, shown)
    if (link) links.set(`${link.address} ${link.shown}`, link)
  }
  for (const page of pages) {
    for (const { href, shown } of page.links) add(href, cleaned(shown).trim())
    for (const face of [page.shown, page.aside]) {
      const text = cleaned(face)
      for (const [address] of MAY_BE_BARE.test(text) ? text.matchAll(BARE) : []) {
        const bare = address.replace(TRAILING, '')
        if (/^(?:https?:|www\.)/i.test(bare) || (isDomain(bare) && !isSentenceEnd(bare))) add(bare, '')
      }
    }
  }
  return [...links.values()]
}

function linkOf(address: string, shown: string): Link | null {
  const trimmed = address.trim()
  if (RUNS.test(trimmed)) return { address: trimmed, shown, kind: 'script', leads: [] }
  const host = /^(?:[a-z][a-z0-9+.-]*:)?[/\\]*([^/?#]*)/i.exec(trimmed)?.[1] ?? ''
  if (FILLED_IN.test(host) || /^(?:\*\||\{\{|\{%)/.test(trimmed))
    return OF_PLATFORM.test(trimmed.replace(/^(?:https?:)?\/*/i, ''))
      ? null
      : { address: trimmed, shown, kind: 'filled_in', leads: [] }
  // A path of the site that it stands on, a place on the page, or something that is not of the web (mailto, tel).
  if (/^(?:[/\\](?![/\\])|#|\?|\.{1,2}\/)/.test(trimmed) || /^(?!https?:)[a-z][a-z0-9+-]*:(?!\d)/i.test(trimmed))
    return null
  const leads = /^(?:https?:|[/\\]{2}|www\.)/i.test(trimmed) || isDomain(trimmed) ? destinationsOf(trimmed) : []
  return leads.length === 0 ? null : { address: trimmed, shown, kind: 'web', leads }
}

/** "Call us.It is free": a full stop without a space after it, not an address in Italy. */
const isSentenceEnd = (address: string): boolean => /^[^/]*[^./A-Z]\.[A-Z][a-z]$/.test(address)

/** The domain that a link is shown as, where its words are an address; null: they are words. */
export function shownDomain({ shown }: Link): string | null {
  if (!/^(?:https?:\/\/)?\S+$/i.test(shown) || shown.includes('@')) return null
  const bare = shown.replace(/^https?:\/\//i, '').replace(TRAILING, '')
  return isDomain(bare) ? (destinationsOf(bare)[0]?.domain ?? null) : null
}
