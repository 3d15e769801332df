import type { Json } from '../domain/canonical.ts'
import type { Actor, Lowered, Role } from '../domain/people.ts'
import { unreachable } from '../domain/result.ts'
import type { Refusal } from '../gate/refusal.ts'

export type RefusalWords = {
  /** A sentence that a person can act on. */
  readonly detail: string
  readonly evidence?: { readonly [field: string]: Json }
  readonly retryAfterMs?: number
}

const CHECK_RETRY_MS = 5_000

/** What a refusal of the gate says over HTTP. Field by field, so that a new field of a refusal does not leak by itself. */
export function refusalWords(refusal: Refusal, actor?: Actor): RefusalWords {
  switch (refusal.kind) {
    case 'malformed':
      return {
        detail: refusal.problems.map(({ path, says }) => (path === '' ? says : `${path}: ${says}`)).join(' '),
        evidence: { problems: refusal.problems.map(({ path, says }) => ({ path, says })) },
      }
    case 'unknown_kind':
      return { detail: `There is no action kind "${refusal.action}".`, evidence: { known: refusal.known } }
    case 'unknown_connection':
      return {
        detail: `No connection of ${refusal.platform} fits: there is none, or there are several and none was named.`,
        evidence: { platform: refusal.platform },
      }
    case 'labels_loosen':
      return { detail: refusal.says, evidence: { label: refusal.label } }
    case 'not_permitted':
      return { detail: refusal.isAboutToken ? refusal.why : `${refusal.why}${tokenWords(actor)}` }
    case 'not_found':
      return { detail: `The gate does not know ${refusal.what}.` }
    case 'idempotency_conflict':
      return { detail: 'This Idempotency-Key was already used with another body.' }
    case 'platform_failed':
      return { detail: refusal.says }
    case 'check_failed':
      return {
        detail: `A check could not run, so nothing was stored: ${refusal.check}.`,
        evidence: { check: refusal.check },
        retryAfterMs: CHECK_RETRY_MS,
      }
    case 'not_earned':
      return { detail: refusal.missing.join(' '), evidence: { missing: refusal.missing } }
    case 'already_answered': {
      const at = refusal.at?.toISOString() ?? null
      const by = refusal.by === null ? '' : ` by ${refusal.by}`
      return { detail: `It was answered already${by}.`, evidence: { by: refusal.by, at } }
    }
    case 'stopped':
    case 'rate_limited':
      return heldUpWords(refusal)
    case 'already_decided':
    case 'not_now':
    case 'stale_hash':
    case 'stricter_now':
    case 'platform_changed':
    case 'expired':
    case 'window_closed':
      return overtakenWords(refusal)
    default:
      return unreachable(refusal)
  }
}

function heldUpWords(refusal: Extract<Refusal, { kind: 'stopped' | 'rate_limited' }>): RefusalWords {
  switch (refusal.kind) {
    case 'stopped': {
      const why = refusal.reason === null ? '' : ` Reason: ${refusal.reason}`
      return {
        detail: `${refusal.by} stopped ${refusal.what} on ${refusal.at.toISOString().slice(0, 16).replace('T', ' at ')} UTC.${why}`,
        evidence: { what: refusal.what, by: refusal.by, at: refusal.at.toISOString(), reason: refusal.reason },
      }
    }
    case 'rate_limited':
      return { detail: refusal.says ?? 'Too many requests with this key.', retryAfterMs: refusal.retryAfterMs }
  }
}

type Overtaken = Extract<
  Refusal,
  {
    kind:
      | 'already_decided'
      | 'not_now'
      | 'stale_hash'
      | 'stricter_now'
      | 'platform_changed'
      | 'expired'
      | 'window_closed'
  }
>

function overtakenWords(refusal: Overtaken): RefusalWords {
  switch (refusal.kind) {
    case 'already_decided': {
      const by = refusal.by === null ? '' : ` by ${refusal.by}`
      const at = refusal.at?.toISOString() ?? null
      return {
        detail: `It was already decided${by}${at === null ? '' : ` at ${at}`}; it is ${spoken(refusal.state)} now.`,
        evidence: { state: refusal.state, by: refusal.by, at },
      }
    }
    case 'not_now':
      return { detail: refusal.why, evidence: { state: refusal.state } }
    case 'stale_hash':
      return {
        detail: 'The payload_hash is not that of the action as it is now. Read it again before deciding.',
        evidence: { current: refusal.current },
      }
    case 'stricter_now':
      return {
        detail: refusal.reasons.map(({ text }) => text).join(' '),
        evidence: { reasons: refusal.reasons.map(({ rule, outcome, text }) => ({ rule, outcome, text })) },
      }
    case 'platform_changed':
      return {
        detail: `Changed on the platform since: ${refusal.differences.map(({ label }) => label).join(', ')}.`,
        evidence: { differences: refusal.differences.map(({ label, was, is }) => ({ label, was, is })) },
      }
    case 'expired':
      return { detail: `It expired at ${refusal.at.toISOString()}.`, evidence: { at: refusal.at.toISOString() } }
    case 'window_closed':
      return { detail: refusal.why, evidence: { at: refusal.at?.toISOString() ?? null } }
  }
}

const spoken = (state: string): string => state.replaceAll('_', ' ')

const A: Readonly<Record<Role, string>> = {
  viewer: 'a viewer',
  approver: 'an approver',
  admin: 'an admin',
  owner: 'an owner',
}
const LONGEST_NAME = 30

/** What to do where the role is lower over this token than the member's own. */
function tokenWords(actor: Actor | undefined): string {
  const lowered: Lowered | undefined = actor?.kind === 'member' ? actor.lowered : undefined
  if (!lowered) return ''
  const { name, role } = lowered.by
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
  const who = role === null ? 'who left' : `who is ${A[role]}`
  return ` Your token was issued by ${shown}, ${who}. In Slack, or with a token taken there (/tenure token), you are ${A[lowered.from]}.`
}
