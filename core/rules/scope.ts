import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../domain/canonical.ts'
import { CATEGORIES, CHANNELS } from '../domain/category.ts'
import type { Subject } from './guardrails/guardrail.ts'
import { matchesKind } from './kind-pattern.ts'

const Name = z.string().min(1).max(200)
/** One or several; what is named twice is one. */
const oneOrMore = <S extends z.ZodType>(one: S) =>
  z.union([one.transform((value) => [value]), z.array(one).min(1).max(100)])

/** Where a scope of a policy holds: everything that it names has to match; of several values of one, any. */
export const WhenSchema = z
  .strictObject({
    category: oneOrMore(z.enum(CATEGORIES)).optional(),
    channel: oneOrMore(z.enum(CHANNELS)).optional(),
    segment: oneOrMore(Name).optional(),
    region: oneOrMore(Name).optional(),
    agent: oneOrMore(Name).optional(),
    /** A trailing `*` stands for the rest (`hubspot.*`). */
    kind: oneOrMore(Name).optional(),
  })
  .refine((when) => Object.keys(when).length > 0, 'names nothing; put what holds everywhere outside of the scopes')

export type When = z.infer<typeof WhenSchema>

/** Where something stands, by what the gate derived (`labels`: by what its agent says of it, which can only add). */
export type Standpoint = Pick<Subject, 'category' | 'channel' | 'segment' | 'regions' | 'agentId' | 'kindId'>

export function holdsAt(when: When, at: Standpoint): boolean {
  return (
    (when.category?.includes(at.category) ?? true) &&
    (when.channel?.includes(at.channel) ?? true) &&
    (when.segment === undefined || (at.segment !== null && isAmong(when.segment, at.segment))) &&
    (when.region === undefined || (at.regions ?? []).some((region) => isAmong(when.region ?? [], region))) &&
    (when.agent === undefined || (at.agentId !== null && when.agent.includes(at.agentId))) &&
    (when.kind?.some((pattern) => matchesKind(pattern, at.kindId)) ?? true)
  )
}

const isAmong = (names: readonly string[], name: string): boolean =>
  names.some((one) => one.toLowerCase() === name.toLowerCase())

/** What one names more narrowly than the other, the strongest first. */
const NARROWEST_FIRST = ['kind', 'agent', 'segment', 'region', 'channel', 'category'] as const

/**
 * Orders scopes, the most specific first: by how much they name, then by what; a kind by its whole name is narrower than
 * a pattern. Equal ones keep the order of the file, the later first.
 */
export function bySpecificity(a: When, b: When): number {
  const count = (when: When): number => NARROWEST_FIRST.filter((name) => when[name] !== undefined).length
  if (count(a) !== count(b)) return count(b) - count(a)
  const exact = ({ kind }: When): boolean => kind?.every((pattern) => !pattern.endsWith('*')) ?? false
  if (exact(a) !== exact(b)) return exact(a) ? -1 : 1
  for (const name of NARROWEST_FIRST) {
    if ((a[name] === undefined) !== (b[name] === undefined)) return a[name] === undefined ? 1 : -1
  }
  return 0
}

/** What a scope's own counters are kept under: another `when` is another scope, and starts from nothing. */
export const markOf = (when: When): string =>
  `scope:${createHash('sha256').update(canonicalJson(when)).digest('hex').slice(0, 12)}`
