import { z } from 'zod'
import type { Outcome, Reason } from '../../domain/verdict.ts'
import { type Link, shownDomain } from '../text/links.ts'
import { onceFor } from '../text/once-for.ts'
import { readingOf } from '../text/reading.ts'
import { isLookAlike } from '../text/similar-domains.ts'
import { hostInLetters } from '../text/punycode.ts'
import type { Destination } from '../text/web-address.ts'
import { defineSection, type Guardrail, quoted, reason } from './guardrail.ts'

/** `smile.com`, with everything below it (`shop.smile.com`). */
const Domain = z
  .string()
  .regex(/^[^\s/:@*]+\.[^\s/:@*.]{2,}$/u, 'is a domain like smile.com')
  .transform((domain) => hostInLetters(domain.toLowerCase()).replace(/^www\./, ''))
const Does = z.enum(['pass', 'warn', 'ask', 'block'])

const MOST_QUOTED = 45

type Finding = { readonly rule: string; readonly outcome: Outcome; readonly text: string }

/**
 * Where links may lead: through every redirect that their address names. Of `allow` the most specific list holds, every
 * `deny` holds. What cannot be seen through, goes over no TLS, looks like an allowed domain or shows another address than
 * it leads to is told apart.
 */
export const linkDomains = defineSection({
  denies: true,
  schema: z.strictObject({
    allow: z.array(Domain).max(500).optional(),
    deny: z.array(Domain).max(1000).optional(),
    /** For links that are not allowed, denied, or pretend to be another. */
    outcome: z.enum(['warn', 'ask', 'block']).default('block'),
    /** Addresses like bit.ly, and those that the platform fills in; `ask` when not said. */
    shorteners: Does.optional(),
    /** `http:`; `ask` when not said. */
    without_tls: Does.optional(),
  }),
  guardrail: onceFor((values): Guardrail => {
    const allowing = values.find((value) => value.allow !== undefined)
    const rules: Rules = {
      allow: allowing?.allow,
      outcome: (allowing ?? values[0]).outcome,
      deny: values.flatMap(({ deny = [], outcome }) => deny.map((domain) => ({ domain, outcome }))),
      shorteners: values.find((value) => value.shorteners !== undefined)?.shorteners ?? 'ask',
      withoutTls: values.find((value) => value.without_tls !== undefined)?.without_tls ?? 'ask',
    }
    return (subject) => {
      const told = new Map<string, Reason>()
      for (const link of readingOf(subject.texts).links()) {
        const found = findingOf(link, rules)
        // One of each sort says it; the first link of it is named.
        if (found && found.outcome !== 'pass' && !told.has(found.rule))
          told.set(found.rule, reason(`link_domains.${found.rule}`, found.outcome, found.text))
      }
      return [...told.values()]
    }
  }),
})

type Rules = {
  readonly allow: readonly string[] | undefined
  readonly outcome: Outcome
  readonly deny: readonly { readonly domain: string; readonly outcome: Outcome }[]
  readonly shorteners: Outcome
  readonly withoutTls: Outcome
}

function findingOf(link: Link, rules: Rules): Finding | null {
  const { allow = [], outcome } = rules
  if (link.kind === 'script')
    return {
      rule: 'script',
      outcome,
      text: 'A link runs a script instead of leading anywhere. As a web address it would pass.',
    }
  if (link.kind === 'filled_in') {
    const text = `Where the link ${quoted(link.address, MOST_QUOTED)} leads is filled in when it is sent; nobody can see it before. A plain address would pass.`
    return { rule: 'filled_in', outcome: rules.shorteners, text }
  }
  for (const { host } of link.leads) {
    const denied = rules.deny.find(({ domain }) => isWithin(host, domain))
    if (denied)
      return {
        rule: 'deny',
        outcome: denied.outcome,
        text: `A link leads to ${quoted(host, MOST_QUOTED)}, which is on your list of forbidden sites. Without that link it would pass.`,
      }
  }
  for (const { host } of link.leads) {
    const meant = isAllowed(host, allow) ? undefined : allow.find((domain) => isLookAlike(host, domain))
    if (meant === undefined) continue
    const text = `A link leads to ${quoted(host, 40)}, which only looks like ${quoted(meant, 30)}. With the real address it would pass.`
    return { rule: 'look_alike', outcome, text }
  }
  const shown = shownDomain(link)
  if (shown !== null && !link.leads.some(({ domain }) => domain === shown)) {
    const text = `A link shows ${quoted(shown, 40)} but leads to ${quoted(link.leads[0]?.host ?? '', 40)}. Showing where it leads, it would pass.`
    return { rule: 'shows_another', outcome, text }
  }
  return ofDestinations(link.leads, rules)
}

function ofDestinations(
  leads: readonly Destination[],
  { allow, outcome, shorteners, withoutTls }: Rules,
): Finding | null {
  const short = leads.find(({ host, shortened }) => shortened && !isAllowed(host, allow ?? []))
  if (short) {
    const text = `A link over ${quoted(short.host, 40)} leads somewhere nobody can see. With the full address it would pass.`
    return { rule: 'shortener', outcome: shorteners, text }
  }
  const strange = allow && leads.find(({ host }) => !isAllowed(host, allow))
  if (strange) {
    const text = `A link leads to ${quoted(strange.host, MOST_QUOTED)}, which is not among your allowed sites. An admin can add it.`
    return { rule: 'allow', outcome, text }
  }
  const open = leads.find(({ insecure }) => insecure)
  if (open) {
    const text = `The link to ${quoted(open.host, MOST_QUOTED)} is not encrypted (http). With https it would pass.`
    return { rule: 'without_tls', outcome: withoutTls, text }
  }
  return null
}

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)
const isAllowed = (host: string, allow: readonly string[]): boolean => allow.some((domain) => isWithin(host, domain))
