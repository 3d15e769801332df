import { z } from 'zod'
import { kindsOf } from '../../connectors/define.ts'
import { createKinds } from '../../connectors/registry.ts'
import { err, ok } from '../../core/domain/result.ts'
import type { Kinds } from '../../core/ports/kind.ts'

const Minor = z.int().min(0)

/** Connectors' own kinds, and one that sets the daily budget of an ad campaign on a platform of this stand-in's own. */
export function createAdKinds(onSet: (campaign: string, perDay: number, direction: 'do' | 'undo') => void = () => {}) {
  /** By campaign, in minor units a day: what the platform has. */
  const platform = new Map<string, number>()
  /** Waited for before a call to that campaign does anything. */
  const gates = new Map<string, Promise<void>>()
  /** Waited for after that campaign was looked at, before the look is answered; each once. */
  const looks = new Map<string, Promise<void>>()
  /** Campaigns whose next change happens and is not answered. */
  const lost = new Set<string>()
  const defineAdKind = kindsOf<unknown>('hubspot')
  const setBudget = defineAdKind({
    id: 'hubspot.ad_budget.set',
    title: 'Change the daily budget of a campaign',
    category: 'ad_budget',
    channel: 'ads',
    risk: 'low',
    effect: { repeat: 'safe', undo: 'exact' },
    reachesPeople: false,
    scopes: [],
    timeoutMs: 15_000,
    settlesAfterMs: 30_000,
    authoritative: true,
    input: z.strictObject({ campaign: z.string(), perDay: Minor, currency: z.string().optional() }),
    fields: { campaign: { label: 'Campaign' }, perDay: { label: 'A day' }, currency: { label: 'Currency' } },
    before: z.strictObject({ perDay: Minor }),
    after: z.strictObject({ perDay: Minor }),
    preview: ({ campaign }) => ({
      title: `the daily budget of ${campaign} changes`,
      done: `the daily budget of ${campaign} changed`,
      lines: [],
    }),
    people: () => 0,
    campaign: ({ campaign }) => campaign || null,
    dailyBudget: ({ perDay, currency }) => ({ minor: perDay, currency: currency ?? 'USD' }),
    preflight: () => Promise.resolve(ok([])),
    async beforeState({ campaign }) {
      const perDay = platform.get(campaign) ?? 0
      const look = looks.get(campaign)
      looks.delete(campaign)
      await look
      return ok({ perDay })
    },
    async run({ campaign, perDay }) {
      await gates.get(campaign)
      platform.set(campaign, perDay)
      onSet(campaign, perDay, 'do')
      if (lost.delete(campaign)) return err({ kind: 'outcome_unknown', why: 'The answer was lost.' })
      return ok({ reference: campaign, after: { perDay } })
    },
    lookUp: ({ campaign, perDay }) =>
      Promise.resolve(
        ok(
          platform.get(campaign) === perDay
            ? { found: true, receipt: { reference: campaign, after: { perDay } } }
            : { found: false },
        ),
      ),
    undo: {
      changedSince: () => Promise.resolve(ok([])),
      run({ campaign }, before) {
        platform.set(campaign, before.perDay)
        onSet(campaign, before.perDay, 'undo')
        return Promise.resolve(ok({ after: before }))
      },
      lookUp: () => Promise.resolve(ok(false)),
    },
  })
  const own = createKinds()
  const kinds: Kinds = {
    all: [...own.all, setBudget],
    get: (id) => (id === setBudget.id ? setBudget : own.get(id)),
  }
  return { kinds, platform, gates, looks, lost }
}

/** A proposal of it, in minor units a day. */
export const setBudget = (campaign: string, perDay: number) => ({
  kind: 'hubspot.ad_budget.set',
  input: { campaign, perDay },
})
