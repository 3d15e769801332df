import { DateTime } from 'luxon'
import type { LogEntry } from '../../connectors/sandbox-faults.ts'
import { ZONE } from '../support/world.ts'
import { type Caps, LIMITS, PERIODS } from './guardrail-limits.ts'
import type { Claim, Proposed, Recorded, Sent, StopMade } from './guardrail-record.ts'

/** Seen: everything that the gate had no say in. */
export type Seen = {
  readonly record: Recorded
  readonly claims: readonly Claim[]
  /** Requests to the stand-ins of Mailchimp and HubSpot. */
  readonly log: readonly LogEntry[]
  readonly lists: readonly LogEntry[]
}

/** The database and the process read the same clock, each rounded in its own way. */
const CLOCK_MS = 2
const DAY_MS = 86_400_000
const PLANNED = 'mailchimp.campaign.schedule'

export function judgeRun(seen: Seen) {
  const sent = seen.record.sends.filter(({ entry }) => isDone(seen.log[entry]))
  const planned = new Set(seen.record.proposed.filter(({ kind }) => kind === PLANNED).map(({ subject }) => subject))
  return {
    breaches: [
      ...overCap(seen.claims),
      ...overSpent(seen, sent),
      ...inQuietHours(sent),
      ...withoutConsent(seen, sent),
      ...tooOften(sent),
      ...afterAStop(seen),
    ],
    counts: {
      claims: seen.claims.length,
      undoClaims: seen.claims.filter(({ direction }) => direction === 'undo').length,
      sent: sent.length,
      planned: sent.filter(({ campaignId }) => planned.has(`campaign ${campaignId}`)).length,
      mails: sent.reduce((sum, { to }) => sum + to.length, 0),
      stops: seen.record.stops.length,
      proposed: seen.record.proposed.length,
    },
  }
}

const isDone = (entry: LogEntry | undefined): boolean => typeof entry?.handled === 'number' && entry.handled < 300

export type BudgetRows = { readonly cap: Caps; readonly used: Readonly<Record<string, number>> }

/** What is reserved and committed grows only up to the cap that holds; a cap that was lowered is not grown above. */
export function judgeBudgetRows(before: BudgetRows, now: BudgetRows): readonly string[] {
  return Object.entries(now.used).flatMap(([window, used]) => {
    const period = periodOf(window)
    const most = Math.max(before.cap[period], before.used[window] ?? 0)
    return used > most ? [`${window} went from ${before.used[window] ?? 0} to ${used}; the cap was ${most}`] : []
  })
}

const periodOf = (window: string): keyof Caps => PERIODS.find((one) => window.startsWith(one)) ?? 'month'

/** As each claim of an effect commits, all its budgets are within the caps in force. */
function overCap(claims: readonly Claim[]): readonly string[] {
  return claims.flatMap(({ actionId, direction, used, caps }) =>
    Object.entries(used).flatMap(([window, sum]) => {
      const cap = caps[periodOf(window)]
      if (direction === 'undo' || (cap !== undefined && sum <= cap)) return []
      return [`${actionId} was claimed with ${window} at ${sum} of ${cap}`]
    }),
  )
}

/** The same without the gate's counters: what the platforms really did, each at its price in the window of its claim. */
function overSpent({ record, claims, lists }: Seen, sent: readonly Sent[]): readonly string[] {
  const price = new Map<string, number>()
  for (const { campaignId, to } of sent) price.set(`campaign ${campaignId}`, to.length * LIMITS.costPerMail)
  for (const entry of lists) {
    const [, list] = /^\/crm\/v3\/lists\/(\d+)\/memberships\/add$/.exec(entry.path) ?? []
    if (list !== undefined && isDone(entry) && Array.isArray(entry.body))
      price.set(`list ${list}`, entry.body.length * LIMITS.costPerContact)
  }
  const subjects = new Map(record.proposed.map(({ id, subject }) => [id, subject]))
  const spends = [
    ...new Map(claims.filter(({ direction }) => direction === 'do').map((one) => [one.actionId, one])).values(),
  ]
  const sums = new Map<string, number>()
  const found: string[] = []
  for (const { actionId, at, caps } of spends.toSorted((a, b) => a.atMs - b.atMs)) {
    const local = DateTime.fromJSDate(at, { zone: ZONE })
    for (const period of PERIODS) {
      const window = `${period} of ${local.startOf(period).toISODate()}`
      const sum = (sums.get(window) ?? 0) + (price.get(subjects.get(actionId) ?? '') ?? 0)
      sums.set(window, sum)
      if (sum > (caps[period] ?? 0)) found.push(`The ${window} really cost ${sum} of ${caps[period]} with ${actionId}`)
    }
  }
  return found
}

function inQuietHours(sent: readonly Sent[]): readonly string[] {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })
  return sent.flatMap(({ campaignId, at }) => {
    const time = clock.format(at)
    const isQuiet = time >= LIMITS.quiet.from || time < LIMITS.quiet.to
    return isQuiet ? [`Campaign ${campaignId} went out at ${time}`] : []
  })
}

/** Nobody is reached who had withdrawn, or had never agreed, when the claim committed. */
function withoutConsent({ record, claims }: Seen, sent: readonly Sent[]): readonly string[] {
  return sent.flatMap(({ campaignId, atMs, to }) => {
    const id = record.proposed.find(({ subject }) => subject === `campaign ${campaignId}`)?.id
    const claim = claims.findLast((one) => one.actionId === id && one.atMs <= atMs + CLOCK_MS)
    if (!claim) return [`Campaign ${campaignId} went out without a claim`]
    return to.flatMap((email) => {
      const said = record.consents.filter((one) => one.email === email)
      // Whatever was asked by then may count.
      const mayCount = said.filter(({ standing, askedMs }) => standing === 'given' && askedMs <= claim.atMs + CLOCK_MS)
      const withdrawn = said.find(
        (one) =>
          one.standing === 'withdrawn' &&
          one.answeredMs + CLOCK_MS < claim.atMs &&
          !mayCount.some(({ at }) => at >= one.at),
      )
      if (withdrawn)
        return [`${email} was sent campaign ${campaignId} after withdrawing at ${withdrawn.at.toISOString()}`]
      const hasAgreed = email.startsWith('patient-') || mayCount.length > 0
      return hasAgreed ? [] : [`${email} was sent campaign ${campaignId} and never agreed`]
    })
  })
}

function tooOften(sent: readonly Sent[]): readonly string[] {
  const { messages, days } = LIMITS.most
  return sent.flatMap(({ campaignId, at, to }, place) =>
    to.flatMap((email) => {
      const since = at.getTime() - days * DAY_MS
      const had = sent.slice(0, place + 1).filter((one) => one.to.includes(email) && one.at.getTime() > since).length
      return had > messages ? [`${email} had ${had} messages in ${days} days with campaign ${campaignId}`] : []
    }),
  )
}

/** While a stop stands no claim of what it covers commits, and no write begins but of what its answer listed. */
function afterAStop({ record, claims }: Seen): readonly string[] {
  const bySubject = new Map(record.proposed.flatMap((one) => [[one.subject, one] as const, [one.id, one] as const]))
  return record.stops.flatMap((stop) => {
    const until = standsUntil(stop, record)
    if (until === null) return []
    const covered = (name: string): Proposed | null => {
      const one = bySubject.get(name)
      return one && covers(stop, one) ? one : null
    }
    const what = JSON.stringify(stop.target)
    const claimed = claims.flatMap(({ actionId, atMs, direction }) => {
      const one = covered(actionId)
      // A topic stops what says it from going out; nothing that is taken back says it.
      const isStopped = one !== null && (direction === 'do' || stop.target.kind !== 'topic')
      const during = atMs > stop.answeredMs + CLOCK_MS && atMs < until.atMs - CLOCK_MS
      return isStopped && during
        ? [`${actionId} was claimed (${direction}) after the stop of ${what} was answered`]
        : []
    })
    const begun = record.writes.flatMap(({ begun: place, method, path, subject }) => {
      const one = covered(subject)
      const isListed = one !== null && stop.executing.includes(one.id)
      if (one === null || isListed || place < stop.answered || place > until.place) return []
      return [`${method} ${path} of ${one.id} began after the stop of ${what} was answered`]
    })
    return [...claimed, ...begun]
  })
}

/** The next time that somebody asked to resume; null: somebody did while it was being set, so that it may be lifted. */
function standsUntil(stop: StopMade, { resumes }: Recorded): { readonly place: number; readonly atMs: number } | null {
  if (resumes.some(({ asked, answered }) => asked < stop.answered && answered > stop.asked)) return null
  const next = resumes.find(({ asked }) => asked > stop.answered)
  return { place: next?.asked ?? Infinity, atMs: next?.askedMs ?? Infinity }
}

/** One agent proposes everything. */
function covers({ target }: StopMade, { kind, isOfTopic }: Proposed): boolean {
  if (target.kind === 'workspace' || target.kind === 'agent') return true
  if (target.kind === 'topic') return isOfTopic
  const named = kind === 'hubspot.list.add' ? ['hubspot', 'crm', 'audience'] : ['mailchimp', 'email', 'email_campaign']
  return [kind, ...named].includes(target.value)
}
