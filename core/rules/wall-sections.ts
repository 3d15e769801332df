import type { Outcome } from '../domain/verdict.ts'
import { CHANNELS } from '../domain/category.ts'
import type { Wall } from '../domain/trust/walls-gate.ts'
import { isForReaders } from './for-readers.ts'
import type { Scope } from './policy.ts'
import type { Standpoint } from './scope.ts'

/** Something that a wall can say: by which rule, and what then follows. */
export type Says = { readonly section: string; readonly rule: string; readonly outcome: Outcome }

/** Where a wall has to hold: whether what is done there belongs to campaigns of the platform, and only prepares. */
export type Walled = Standpoint & { readonly hasCampaigns: boolean; readonly preparing: boolean }

/** What holds in one place, everywhere or in a scope: a scope has its `when`. */
export type Saying = Partial<Scope>

/** What each wall can say there, of the sections that hold, the most specific first. */
export const WALL_SAYS: Readonly<Record<Wall, (levels: readonly Saying[], at: Walled) => readonly Says[]>> = {
  budget: (levels, { hasCampaigns }) =>
    levels.flatMap(({ budget = {} }) => {
      const { each_agent = {}, each_channel = {}, campaign } = budget
      const periods = [budget, each_agent, each_channel].flatMap(({ day, week, month }) => [
        limits('day', day),
        limits('week', week),
        limits('month', month),
      ])
      // How far one change may go says nothing of the sum, and the budget of a campaign nothing where there is none.
      return [...periods, hasCampaigns ? limits('campaign', campaign) : []].flat()
    }),

  brand_voice: (levels, at) => [
    ...levels.flatMap(({ wording }) => wordingSays(wording, at)),
    ...levels.flatMap(({ blocked_words = [] }) => (blocked_words.length > 0 ? [says('blocked_words', 'block')] : [])),
    ...levels.flatMap(({ claims = [] }) =>
      claims
        .filter((claim) => claim.categories === undefined || claim.categories.includes(at.category))
        // A disclaimer that is always due is asked of texts for readers alone.
        .filter((claim) => claim.says !== undefined || claim.patterns !== undefined || isForReaders(at))
        .map(({ disclaimer, outcome }) => says(disclaimer ? 'claims.disclaimer' : 'claims.forbidden', outcome)),
    ),
    ...toneSays(levels.flatMap(({ tone }) => tone ?? [])),
    // Preparing work is judged when it is finished and would go out.
    ...levels
      .flatMap(({ judge }) => (at.preparing ? [] : (judge ?? [])))
      .slice(0, 1)
      .map(({ outcome }) => says('judge.brand', outcome)),
  ],

  channels: (levels) => {
    const narrowest = levels.find(({ channels }) => channels !== undefined)
    const reached: readonly string[] = narrowest?.when?.channel ?? CHANNELS
    const leavesOut = narrowest?.channels && reached.some((one) => !isAmong(narrowest.channels?.allow, one))
    const kinds = levels.flatMap((level) => level.kinds ?? [])
    const allowed = kinds.find(({ allow }) => allow !== undefined)?.allow
    return [
      ...(leavesOut ? [says('channels.allow', 'block')] : []),
      ...(kinds.some(({ deny = [] }) => deny.length > 0) ? [says('kinds.deny', 'block')] : []),
      ...(allowed && !allowed.includes('*') ? [says('kinds.allow', 'block')] : []),
    ]
  },

  topics: (levels) => levels.flatMap(({ topics = [] }) => topics.map(({ outcome }) => says('topics', outcome))),
}

const says = (rule: string, outcome: Outcome): Says => ({ section: rule.split('.')[0] ?? rule, rule, outcome })

function limits(
  period: string,
  its: { readonly ask_above?: number | undefined; readonly cap?: number | undefined } | undefined,
): readonly Says[] {
  return [
    ...(its?.cap === undefined ? [] : [says(`budget.${period}.cap`, 'block')]),
    ...(its?.ask_above === undefined ? [] : [says(`budget.${period}.ask_above`, 'ask')]),
  ]
}

function wordingSays(wording: Scope['wording'], at: Standpoint): readonly Says[] {
  if (wording === undefined) return []
  const { forbidden = [], required = [], outcome } = wording
  return [
    ...(forbidden.length > 0 ? [says('wording.forbidden', outcome)] : []),
    ...(required.length > 0 && isForReaders(at) ? [says('wording.required', outcome)] : []),
  ]
}

/** Of each limit the most specific one says it. */
function toneSays(values: readonly NonNullable<Scope['tone']>[]): readonly Says[] {
  const rules = [
    ['tone.exclamation_marks', values.find((value) => value.max_exclamation_marks !== undefined)],
    ['tone.capitals', values.find((value) => value.max_capitals_percent !== undefined)],
    ['tone.emoji', values.find((value) => value.max_emoji !== undefined)],
  ] as const
  return rules.flatMap(([rule, value]) => (value ? [says(rule, value.outcome)] : []))
}

const isAmong = (allowed: readonly string[] | undefined, one: string): boolean => allowed?.includes(one) ?? false
