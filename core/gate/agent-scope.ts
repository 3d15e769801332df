import { channelWords } from '../domain/category.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Kind } from '../ports/kind.ts'
import type { Snapshot } from '../ports/rows.ts'
import type { KeyScope } from '../ports/member-rows.ts'
import type { Rate, Transaction } from '../ports/transaction.ts'
import { moneyWords } from '../rules/guardrails/guardrail.ts'
import type { Refusal } from './refusal.ts'

const HOUR_MS = 3_600_000

const scopeOf = (snapshot: Snapshot, actor: Pick<Actor, 'kind' | 'id'>) =>
  actor.kind === 'agent' ? snapshot.agents.find(({ id }) => id === actor.id) : undefined

/** Whether the key may be used on the channel that the kind goes out over. */
export function checkKeyChannel({ channels }: Pick<KeyScope, 'channels'>, kind: Kind): Result<void, Refusal> {
  if (channels.length === 0 || channels.includes(kind.channel)) return ok(undefined)
  const allowed = channels.map(channelWords).join(', ')
  const why = `“${kind.title}” goes out over ${channelWords(kind.channel)}; this key is for ${allowed}.`
  return err({ kind: 'not_permitted', why })
}

/** Why this amount is more than the key is good for; null: it is not. */
export function overKeyAmount(
  snapshot: Snapshot,
  actor: Pick<Actor, 'kind' | 'id'>,
  amountMinor: number,
): string | null {
  const most = scopeOf(snapshot, actor)?.maxAmountMinor ?? null
  if (most === null || amountMinor <= most) return null
  const { currency, locale } = snapshot.workspace
  const money = (minor: number): string => moneyWords({ minor, currency }, locale)
  return `It costs ${money(amountMinor)}; this key is good for up to ${money(most)} a proposal.`
}

/**
 * Takes a turn of the key's own rate, if it has one. Last of all checks: only what is proposed counts. What was refused
 * gives its turn back with the transaction, unless others share that.
 */
export async function takeKeyTurn(tx: Transaction, snapshot: Snapshot, actor: Actor): Promise<Result<void, Refusal>> {
  const perHour = scopeOf(snapshot, actor)?.ratePerHour ?? null
  if (perHour === null) return ok(undefined)
  const retryAfterMs = await tx.takeToken(`key:${actor.id}`, hourlyRate(perHour))
  if (retryAfterMs === null) return ok(undefined)
  return err({ kind: 'rate_limited', retryAfterMs, says: `This key is good for ${perHour} proposals an hour.` })
}

/** Never more than so many in any hour: half of them at once at most, the others evenly. */
export function hourlyRate(perHour: number): Rate {
  const burst = Math.ceil(perHour / 2)
  return { burst, intervalMs: Math.ceil(HOUR_MS / Math.max(1, perHour - burst)) }
}
