import { isAfterwards } from '../../core/domain/decision.ts'
import { err, ok, type Result } from '../../core/domain/result.ts'
import type { Gate } from '../../core/gate/gate.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { decision, later } from './sample.ts'

/** A gate with one action that moves as the real one does: enough to see a card lock. */
export function gateWith(first: ActionView): { readonly verbs: Partial<Gate>; current: ActionView } {
  const state = { current: first, verbs: {} as Partial<Gate> }
  const read = () => Promise.resolve(ok(state.current))
  const move = (change: Partial<ActionView>): Result<ActionView, Refusal> => {
    state.current = { ...state.current, ...change, version: state.current.version + 1 }
    return ok(state.current)
  }
  const verbs: Partial<Gate> = {
    getAction: read,
    refreshAction: read,
    decideAction: (actor, request) => {
      const { current } = state
      if (!current.payloadHash?.startsWith(request.payloadHash)) {
        return Promise.resolve(err({ kind: 'stale_hash', current: current.payloadHash ?? '' }))
      }
      const last = current.decisions.at(-1)
      if (last !== undefined && !isAfterwards(request.decision)) {
        return Promise.resolve(err({ kind: 'already_decided', state: current.state, by: last.by.name, at: last.at }))
      }
      if (actor.kind !== 'member' || actor.role === 'viewer') {
        return Promise.resolve(err({ kind: 'not_permitted', why: 'deciding takes an approver' }))
      }
      const said = decision(request.decision, {
        by: { id: actor.id, name: actor.name },
        reason: request.reason ?? null,
        severity: request.severity ?? null,
        outside: request.outside ?? false,
      })
      const next = {
        approve: 'executed',
        edit: 'executed',
        revise: 'changes_requested',
        reject: 'rejected',
        cancel: 'cancelled',
        confirm: 'executed',
        right_to_ask: 'executed',
        no_need_to_ask: 'executed',
      } as const
      return Promise.resolve(
        move({
          state: next[request.decision],
          decisions: [...current.decisions, said],
          executedAt: later(1),
          undo: { class: 'exact', until: later(24 * 60) },
        }),
      )
    },
    undoAction: (_actor, _id, { reason, cause }) =>
      Promise.resolve(
        reason === undefined && cause === undefined ? move({ state: 'undone', undoneAt: later(3) }) : move({}),
      ),
  }
  state.verbs = verbs
  return state
}
