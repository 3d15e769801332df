import { gateLimits } from '../../core/domain/trust/gate.ts'
import { categoryOfScope } from '../../core/domain/trust/scope-score.ts'
import { ALL } from '../../core/domain/trust/standing.ts'
import type { GrantView, PromotionView } from '../../core/gate/promotion-views.ts'
import type { TrustCellView, TrustDetailsView, TrustView } from '../../core/gate/trust-views.ts'
import { type Block, context, header, type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence } from './mrkdwn.ts'
import { type AgentNames, LEVEL_DOES, placeWords, scoreBar, whoseWork } from './trust-words.ts'
import type { ViewContext } from './view-context.ts'
import { onDay } from './when.ts'

const MOST_SCOPES = 15
const MOST_MISSING = 3

export type Trust = {
  /** With details where one category was asked for. */
  readonly scopes: readonly (TrustView | TrustDetailsView)[]
  readonly grants: readonly GrantView[]
  /** Proposals that wait for an answer. */
  readonly open: readonly PromotionView[]
  readonly agents: AgentNames
}

/** How trust stands, in one category or scope or (null) everywhere: the score, what runs by itself, and what is next. */
export function trustSummary(what: string | null, trust: Trust, ctx: ViewContext): Message {
  const title = what === null ? 'How trust stands' : `How trust stands: ${placeWords(what)}`
  const scopes = [...trust.scopes].sort((a, b) => (a.scope < b.scope ? -1 : 1))
  if (scopes.length === 0) {
    const says = what === null ? 'Nothing was decided yet.' : `Nothing was decided yet in ${fence(placeWords(what))}.`
    return fitMessage({ text: says, blocks: [section(`${says} Everything there asks you.`)] })
  }
  const left = scopes.length - MOST_SCOPES
  return fitMessage({
    text: title,
    blocks: [
      header(title),
      ...scopes.slice(0, MOST_SCOPES).map((scope) => scopeBlock(scope, trust, ctx)),
      context(
        [
          ...(left > 0 ? [`${left} more in the console`] : []),
          ...(what === null ? ['`/tenure trust email campaigns` says more about one'] : []),
          '`/tenure reclaim` takes back what runs by itself',
        ].join('  ·  '),
      ),
    ],
  })
}

function scopeBlock(view: TrustView | TrustDetailsView, trust: Trust, ctx: ViewContext): Block {
  const grants = trust.grants.filter(({ scope }) => scope === view.scope)
  const open = trust.open.filter(({ scope }) => scope === view.scope)
  const lines = [
    `${scoreBar(view.score)}  *${fence(view.says)}*`,
    ...levelLines(grants, trust.agents, ctx),
    ...open.map(({ title }) => `:raising_hand:  Waits for your answer: ${fence(title)}`),
    ...nextLines(view, trust.agents),
  ]
  return section(lines.join('\n'))
}

function levelLines(grants: readonly GrantView[], agents: AgentNames, ctx: ViewContext): readonly string[] {
  const observed = grants.find(({ agentId, level }) => agentId === ALL && level === 1)
  const own = grants.filter(({ agentId }) => agentId !== ALL)
  const lines = own
    .filter(({ level, reclaimed }) => level > 2 || reclaimed !== null)
    .map((one) => levelLine(one, agents, ctx))
  if (observed !== undefined) return [`•  Observed only${until(observed, ctx)}: nothing is carried out.`, ...lines]
  return lines.length === 0 ? ['•  Level 2: everything asks you.'] : lines
}

function levelLine(grant: GrantView, agents: AgentNames, ctx: ViewContext): string {
  const whose = whoseWork(grant, agents)
  if (grant.reclaimed !== null) {
    const by = grant.by === null ? '' : ` by ${fence(grant.by)}`
    return `•  ${whose}: taken back${by}, asks you every time. \`/tenure hand-back ${categoryOfScope(grant.scope)}\``
  }
  const granted = grant.inForce < grant.level ? ` (level ${grant.level} was granted)` : ''
  return `•  ${whose}: level ${grant.inForce} in force, it ${LEVEL_DOES[grant.inForce]}${granted}${until(grant, ctx)}.`
}

const until = (grant: GrantView, ctx: ViewContext): string =>
  grant.until === null ? '' : `, until ${onDay(grant.until, ctx)}`

function nextLines(view: TrustView | TrustDetailsView, agents: AgentNames): readonly string[] {
  const waits = view.lock?.decisionsUntilOthers ?? 0
  if (waits > 0) return [`*Next*  ${waits} more decisions until more can be proposed here again.`]
  if ('cells' in view) return newest(view.cells).flatMap((cell) => cellLine(cell, view, agents))
  if (view.tier === 'review') return [`*Next*  From ${gateLimits(3).score} points it can earn to act and tell you.`]
  if (view.tier === 'notify') return [`*Next*  From ${gateLimits(4).score} points it can earn to act by itself.`]
  return []
}

function cellLine(cell: TrustCellView, view: TrustDetailsView, agents: AgentNames): readonly string[] {
  const { next } = cell
  if (next === null) return []
  const missing = next.gates.filter(({ name, status }) => status === 'missing' && name !== 'consent')
  const more = missing.length - MOST_MISSING
  const says = missing.slice(0, MOST_MISSING).map((gate) => fence(gate.says))
  const approvals = view.counterfactuals.find(({ target }) => target === gateLimits(next.level).score)
  const short = missing.some(({ name }) => name === 'score') && approvals ? [fence(approvals.says)] : []
  const rest = more > 0 ? [`And ${more} more.`] : []
  const needs = missing.length === 0 ? ['Nothing of what is measured is missing.'] : [...says, ...short, ...rest]
  return [`*Next*  ${whoseWork(cell, agents)}: it ${LEVEL_DOES[next.level]} (level ${next.level}). ${needs.join(' ')}`]
}

/** Of every agent and scenario the version that was judged last. */
const newest = (cells: readonly TrustCellView[]): readonly TrustCellView[] =>
  cells.filter(
    (cell) =>
      !cells.some(
        (other) =>
          other.scenario === cell.scenario &&
          other.agentId === cell.agentId &&
          other.lastAt.getTime() > cell.lastAt.getTime(),
      ),
  )
