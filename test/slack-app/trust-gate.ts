import { err, ok } from '../../core/domain/result.ts'
import { mayDo, type Role } from '../../core/domain/people.ts'
import type { Gate } from '../../core/gate/gate.ts'
import type { GrantView, NoticeView, PromotionView } from '../../core/gate/promotion-views.ts'
import type { AgentView } from '../../core/gate/views.ts'
import { agentId, approver, id, NOW } from './sample.ts'
import { reclaimed } from './trust-sample.ts'

export const copywriter: AgentView = {
  id: agentId,
  name: 'Copywriter',
  kinds: [],
  channels: [],
  maxAmountMinor: null,
  ratePerHour: null,
  keyPrefix: 'tk',
  createdAt: NOW,
  disabledAt: null,
}

/** Who presses in these tests: the approver's Slack user is here of any role. */
const membersOf = (roles: Readonly<Record<string, Role>>): Partial<Gate> => ({
  memberOfSlackUser: (workspaceId, user) => {
    const role = roles[user]
    if (role === undefined) return Promise.resolve(null)
    const memberId = user === 'U0APPROVER' ? approver.id : id('mem', user.toLowerCase())
    return Promise.resolve({ kind: 'member', id: memberId, workspaceId, name: role, role, via: 'slack' })
  },
})

const ROLES = { U0OWNER: 'admin', U0APPROVER: 'approver', U0VIEWER: 'viewer' } as const

export type TrustState = { promotion: PromotionView | null; notice: NoticeView | null; grants: readonly GrantView[] }

/** A gate with one proposal, one notice and its grants that answers as the real one does. */
export function trustGate(start: Partial<TrustState>): { readonly verbs: Partial<Gate>; readonly state: TrustState } {
  const state: TrustState = { promotion: null, notice: null, grants: [], ...start }
  const gone = (what: string) => Promise.resolve(err({ kind: 'not_found' as const, what }))
  const no = (why: string) => Promise.resolve(err({ kind: 'not_permitted' as const, why }))
  const verbs: Partial<Gate> = {
    ...membersOf(ROLES),
    listAgents: () => Promise.resolve(ok([copywriter])),
    listGrants: () => Promise.resolve(ok(state.grants)),
    getPromotion: () => (state.promotion === null ? gone('proposal') : Promise.resolve(ok(state.promotion))),
    getNotice: () => (state.notice === null ? gone('notice') : Promise.resolve(ok(state.notice))),
    decidePromotion: (actor, _id, decision, reason) => {
      const { promotion } = state
      if (actor.kind !== 'member' || !mayDo(actor.role, 'grant')) return no('Only admins and owners decide this.')
      if (promotion === null) return gone('proposal')
      if (promotion.state !== 'open')
        return Promise.resolve(err({ kind: 'already_answered', by: promotion.by, at: promotion.endedAt }))
      const ended = decision === 'grant' ? ('granted' as const) : ('declined' as const)
      const { version } = promotion
      state.promotion = { ...promotion, state: ended, version: version + 1, by: actor.name, endedAt: NOW, reason }
      return Promise.resolve(ok(state.promotion))
    },
    answerNotice: (actor, _id, answer) => {
      const { notice } = state
      if (actor.kind !== 'member' || !mayDo(actor.role, answer === 'renew' ? 'grant' : 'decide'))
        return no('That takes another role.')
      if (notice === null) return gone('notice')
      if (notice.answeredAt !== null)
        return Promise.resolve(err({ kind: 'already_answered', by: notice.by, at: notice.answeredAt }))
      state.notice = { ...notice, version: notice.version + 1, answeredAt: NOW, by: actor.name, answer }
      return Promise.resolve(ok(state.notice))
    },
    reclaimLevel: (actor, { what }) => {
      if (actor.kind !== 'member' || !mayDo(actor.role, 'reclaim')) return no('Only approvers can take a level back.')
      const taken = state.grants.filter(({ level }) => level > 2)
      if (taken.length === 0) return gone(`anything that runs by itself in ${what}`)
      const back = (one: GrantView) => reclaimed({ ...one, level: 2, inForce: 2, by: actor.name, reclaimed: one.level })
      state.grants = state.grants.map((one) => (one.level > 2 ? back(one) : one))
      return Promise.resolve(ok(state.grants))
    },
  }
  return { verbs, state }
}
