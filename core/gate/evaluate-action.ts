import { type Band, bandOf } from '../domain/band.ts'
import { canonicalJson } from '../domain/canonical.ts'
import { ceilingOf, type Level } from '../domain/ceiling.ts'
import { levelInForce } from '../domain/level.ts'
import { DAYS_OF_ONE_ACTION } from '../domain/daily-budget.ts'
import type { HeldCharge } from '../domain/money-by-state.ts'
import { payloadText } from '../domain/payload.ts'
import { DEFAULT_HOLD, type Hold, holdEndsAt, type Route, routeAction } from '../domain/route-action.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Timing } from '../domain/timing.ts'
import { type Reason, type Verdict, verdictOf } from '../domain/verdict.ts'
import type { Facts, Input, Kind } from '../ports/kind.ts'
import type { ActionRow, LevelShown, PayloadRow, Snapshot } from '../ports/rows.ts'
import type { Charge } from '../rules/budget-charges.ts'
import { labelledScenario, scenariosOf } from '../rules/scenario.ts'
import { commitmentWords } from '../rules/daily-words.ts'
import { costOf, type Known } from '../rules/evaluate.ts'
import { type Look, reason, type Subject } from '../rules/guardrails/guardrail.ts'
import { moneyIn } from '../rules/money-in.ts'
import { ALL, bothBind, boundsOf, type StandingBounds } from '../domain/trust/standing.ts'
import type { PolicyDocument } from '../rules/policy.ts'
import { type Dependencies, sha256 } from './dependencies.ts'
import { policyAt, standpointOf } from './policy-at.ts'
import { textsOf } from './texts-of.ts'
import { underReview } from './switch-reach.ts'
import { timingOfAction } from './timing-of-action.ts'
import { versionOf } from './trust-cell.ts'

export type Proposed = {
  readonly kind: Kind
  readonly action: Pick<
    ActionRow,
    | 'connectionId'
    | 'category'
    | 'slotAt'
    | 'agentId'
    | 'proposerId'
    | 'scenario'
    | 'labels'
    | 'fingerprint'
    | 'question'
    | 'confidence'
  >
  readonly input: Input
  readonly facts: Facts | null
  /** What else of the same it would make one large action of; it counts for the band. */
  readonly together?: { readonly people: number; readonly amountMinor: number }
  /** What it stands on instead of what is in force now, by scope: what happened is judged as it stood then. */
  readonly standsOn?: (scope: string) => StandingBounds
}

/** The reach and place of a payload: everything that does not depend on the budget's counters. */
export type Evaluated = {
  /** What holds there: the version on trial, or the one in force. */
  readonly policy: PolicyDocument
  readonly scope: string
  readonly band: Band
  readonly people: number
  /** What it costs; of a daily budget 30 days, so that the day of the month makes it no smaller. */
  readonly amountMinor: number
  /** Every budget that it is charged to, sorted by window; a daily budget as if nothing were committed yet. */
  readonly charges: readonly Charge[]
  /** What its rules want to know besides itself. */
  readonly looks: readonly Look[]
  /** What the model judge would read. */
  readonly judged: Pick<Subject, 'texts' | 'preparing'>
  readonly digests: Digests
  readonly channel: string
  readonly level: LevelShown
  /** Whether its level lets it run without a person: 3 and up, for preparing writes 2. */
  readonly runsAlone: boolean
  readonly scopeEpoch: number
  readonly timing: Timing
  /** When it would reach people if it ran now or at its slot. */
  readonly plannedAt: Date
  /** The verdict, with what was looked up for it. */
  judge(known: Judging): { readonly verdict: Verdict }
  /** Verdict and route of something new; what would be held is judged at the end of its hold. */
  place(known: Judging): { readonly verdict: Verdict; readonly route: Route }
  /** `charges`: settled on the locked rows, for what the card says of a daily budget. */
  payload(verdict: Verdict, charges?: readonly HeldCharge[]): Omit<PayloadRow, 'revision' | 'editedBy' | 'at'>
}

/**
 * What was looked up; `counters`: of the locked budget rows, or null where nothing is spent or there is room. `charges`:
 * settled on them.
 */
export type Judging = Pick<Known, 'observed' | 'counters'> & Partial<Pick<Known, 'charges'>>

/** SHA-256 in hex of what rules look up. */
export type Digests = {
  /** The payload with and without its planned time. */
  readonly payloads: readonly string[]
  readonly text: string
  readonly audience: string
}

/** What it holds of its budgets. */
export const heldCharges = ({ charges }: Pick<Evaluated, 'charges'>): readonly HeldCharge[] =>
  charges.map(({ window, amountMinor, daily }) => ({ window, amountMinor, ...(daily ? { daily } : {}) }))

const MINUTE_MS = 60_000

/**
 * Where else it stands: in every scenario that its text matches and in the one that its label names, and in the kind's
 * own category where it was labelled into another. All of them bind, so that no label and no wording is a way around.
 */
function placesOf(
  policy: PolicyDocument,
  kind: Kind,
  { category, scenario, labels }: Proposed['action'],
  texts: readonly string[],
  band: string,
): readonly { readonly scenario: string; readonly scope: string }[] {
  const labelled = labelledScenario(policy, kind.id, labels['scenario'])
  const scenarios = new Set([scenario, ...scenariosOf(policy, kind.id, texts), ...(labelled ? [labelled] : [])])
  const categories = new Set([category, kind.category])
  return [...scenarios].flatMap((one) => [...categories].map((where) => ({ scenario: one, scope: `${where}${band}` })))
}

/** What its standing bounds it by. What members propose is not earned by anybody: it waits for a person. */
const standingOf = (snapshot: Snapshot, action: Proposed['action'], scope: string, now: Date): StandingBounds =>
  boundsOf(
    // Observation is of agents: what people propose goes its way.
    action.agentId === null ? snapshot.standings.filter(({ agentId }) => agentId !== ALL) : snapshot.standings,
    { scope, scenario: action.scenario, agentId: action.agentId ?? action.proposerId, agentVersion: versionOf(action) },
    now.getTime(),
  )

export const holdOf = (document: PolicyDocument): Hold => ({
  notifyMs:
    document.hold_minutes?.notify === undefined ? DEFAULT_HOLD.notifyMs : document.hold_minutes.notify * MINUTE_MS,
  reportMs:
    document.hold_minutes?.report === undefined ? DEFAULT_HOLD.reportMs : document.hold_minutes.report * MINUTE_MS,
})

/**
 * Derives band, scope, ceiling and level from kind, payload and facts, and prepares the verdict. Pure but for the
 * digest. What an agent says about itself does not come in here.
 */
export function evaluateAction(
  deps: Pick<Dependencies, 'compiled'>,
  snapshot: Snapshot,
  proposed: Proposed,
  now: Date,
): Evaluated {
  const { kind, action, input, facts } = proposed
  const { category } = action
  const { workspace } = snapshot
  const standpoint = standpointOf({ kind, action, facts })
  const { policy, version } = policyAt(deps, snapshot, standpoint)
  const people = facts?.people ?? kind.people(input)
  const rates = policy.document.currency_rates ?? {}
  const cost = moneyIn(kind.cost?.(input, facts) ?? null, workspace.currency, rates)
  const perDay = perDayOf(proposed, workspace.currency, rates)
  const perDayMinor = perDay.ok ? perDay.value : null
  const onceMinor = costOf(policy.document, kind.id, people) + (cost.ok ? cost.value : 0)
  const amountMinor = onceMinor + (perDayMinor ?? 0) * DAYS_OF_ONE_ACTION
  const reach = people + (proposed.together?.people ?? 0)
  const listShare = facts?.listSize ? reach / facts.listSize : null
  const band = bandOf({ people: reach, amountMinor: amountMinor + (proposed.together?.amountMinor ?? 0), listShare })
  const scope = `${category}.${band}`
  const texts = [...textsOf(input), ...(facts?.texts ?? [])]
  const standing =
    proposed.standsOn?.(scope) ??
    placesOf(policy.document, kind, action, texts, `.${band}`)
      .map(({ scenario, scope: where }) => standingOf(snapshot, { ...action, scenario }, where, now))
      .reduce(bothBind, standingOf(snapshot, action, scope, now))
  const ceiling = ceilingOf(kind.risk, kind.effect.undo, band)
  const bounds = {
    ...standing,
    ceiling,
    policy: lower(policy.document.levels?.[category] ?? 5, policy.document.levels?.[kind.category] ?? 5),
    isUnderReview: underReview(snapshot, switchSubject(kind, action), texts, now) !== null,
  }
  const { level, boundBy, why } = levelInForce(bounds)
  const shown: LevelShown = { inForce: level, boundBy, grant: standing.grant, tier: standing.tier, ceiling, why }
  const timing = timingOfAction(kind, action, input)
  const plannedAt = later(now, timing.slotAt)
  const subject = {
    ...standpoint,
    kindTitle: kind.title,
    platform: kind.platform,
    preparing: kind.effect.preparing === true,
    reachesPeople: kind.reachesPeople,
    campaign: kind.campaign?.(input) ?? null,
    amountMinor,
    perDayMinor,
    change: kind.change?.(input, facts) ?? null,
    people,
    listSize: facts?.listSize ?? null,
    texts,
    zones: facts?.zones ?? null,
    question: action.question?.says ?? null,
    confidence: action.confidence,
    plannedAt,
  }
  const { segment, region } = action.labels
  const labels = { category: kind.category, segment, region }
  const charges = policy.charges(subject, labels, plannedAt, workspace.timeZone)
  const verdictAt = (at: Date, known: Judging): Verdict => {
    const verdict = policy.evaluate({ ...subject, plannedAt: at }, labels, place, { charges, ...known })
    const uncounted = [cost, perDay].flatMap((money) => (money.ok ? [] : [money.error]))
    return uncounted.length === 0 ? verdict : verdictOf([...uncounted, ...verdict.reasons])
  }
  const place = { zone: workspace.timeZone, locale: workspace.locale, currency: workspace.currency }
  const complete = facts !== null || kind.readFacts === undefined
  return {
    policy: policy.document,
    scope,
    band,
    people,
    amountMinor,
    charges,
    looks: policy.looks(subject, labels),
    judged: subject,
    digests: digestsOf(proposed, texts),
    channel: kind.channel,
    level: shown,
    runsAlone: level >= (kind.effect.preparing ? 2 : 3),
    scopeEpoch: standing.epoch,
    timing,
    plannedAt,
    judge: (known) => ({ verdict: verdictAt(plannedAt, known) }),
    place(known) {
      const situation = { level, effect: kind.effect, ...timing, hold: holdOf(policy.document), now }
      const reaching = (at: Date) => {
        const verdict = verdictAt(at, known)
        return { verdict, route: routeAction({ ...situation, outcome: verdict.outcome }) }
      }
      const atOnce = reaching(plannedAt)
      if (kind.effect.undo !== 'held' || timing.slotAt !== null || level < 3) return atOnce
      const held = reaching(holdEndsAt(situation))
      // What waits for a person instead goes out when they approve, so it is shown as judged for now.
      return held.route.state === 'held' || atOnce.route.state === 'held' ? held : atOnce
    },
    payload: (verdict, settled) => ({
      input,
      facts,
      hash: complete ? hashOf(proposed) : null,
      scope,
      band: complete ? band : null,
      people: complete ? people : null,
      listSize: facts?.listSize ?? null,
      amountMinor,
      level: complete ? shown : null,
      ceiling,
      verdict: complete ? verdict : null,
      preview: previewOf(kind, input, facts, commitmentWords(settled ?? charges, perDayMinor, place)),
      policyVersion: version,
    }),
  }
}

/** The daily budget that it sets, in minor units of the workspace's currency; null: none. It has to name its campaign. */
function perDayOf(
  { kind, input, facts }: Pick<Proposed, 'kind' | 'input' | 'facts'>,
  currency: string,
  rates: Readonly<Record<string, number>>,
): Result<number | null, Reason> {
  const perDay = kind.dailyBudget?.(input, facts) ?? null
  if (perDay === null) return ok(null)
  if ((kind.campaign?.(input) ?? null) !== null) return moneyIn(perDay, currency, rates)
  const text =
    'It sets a daily budget without a campaign, so no budget can count it. With its campaign named it would pass.'
  return err(reason('budget.campaign.unknown', 'block', text))
}

const switchSubject = (kind: Kind, { agentId, category }: Proposed['action']) => ({
  agentId,
  category,
  channel: kind.channel,
  platform: kind.platform,
  kind: kind.id,
})

const lower = (a: Level, b: Level): Level => (a < b ? a : b)

const later = (a: Date, b: Date | null): Date => (b !== null && b > a ? b : a)

const hashOf = (proposed: Proposed): string => sha256(materialOf(proposed, proposed.action.slotAt))

function materialOf(
  { kind, action: { connectionId }, input, facts }: Proposed,
  slotAt: Date | null,
  leftOut: readonly string[] = [],
): string {
  const cosmetic = [...kind.fields.filter((field) => field.cosmetic).map((field) => field.name), ...leftOut]
  return payloadText({ kind: kind.id, connectionId, input, cosmetic, bound: facts?.bound ?? null, slotAt })
}

/** A payload without its planned time, and where one is planned with it: a minute later it is the same thing again. */
export function payloadDigests(proposed: Proposed): readonly string[] {
  const { kind, action, input } = proposed
  const namesTime = (kind.plannedAt?.(input) ?? null) !== null
  const times = namesTime ? kind.fields.filter(({ type }) => type === 'date_time').map(({ name }) => name) : []
  const anyTime = materialOf(proposed, null, times)
  const itsTime = namesTime || action.slotAt !== null ? [materialOf(proposed, action.slotAt)] : []
  return [anyTime, ...itsTime].map(sha256)
}

function digestsOf(proposed: Proposed, texts: readonly string[]): Digests {
  const { kind, input, facts, action } = proposed
  return {
    payloads: payloadDigests(proposed),
    text: sha256(texts.join('\n').normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase()),
    audience: sha256(`${action.connectionId}:${kind.audience?.(input, facts) ?? canonicalJson(input)}`),
  }
}

function previewOf(kind: Kind, input: Input, facts: Facts | null, commits: string | null) {
  const preview = kind.preview(input, facts)
  return {
    ...preview,
    lines: [...preview.lines, ...(commits === null ? [] : [{ label: 'It commits', value: commits }])],
    ...(facts?.imageUrl ? { imageUrl: facts.imageUrl } : {}),
    ...(facts?.openUrl ? { openUrl: facts.openUrl } : {}),
  }
}
