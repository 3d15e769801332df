import { err, ok } from '../../core/domain/result.ts'
import type { Gate } from '../../core/gate/gate.ts'
import { approver, viewer, workspace } from './sample.ts'

/** A call that the gate got, by the name of its verb. */
export type GateCall = { readonly verb: string; readonly args: readonly unknown[] }

/**
 * A gate of which a test gives the verbs that it needs. Every call is kept; a verb that was not given fails the test by
 * its name.
 */
export function fakeGate(given: Partial<Gate>): { readonly gate: Gate; readonly calls: GateCall[] } {
  const calls: GateCall[] = []
  const usual: Partial<Gate> = {
    workspace: () => Promise.resolve(workspace),
    workspaceOfSlackTeam: (team) => Promise.resolve(team === 'T0SANDBOX' ? workspace : null),
    listMembers: () => Promise.resolve(ok([approver, viewer])),
    memberOfSlackUser: (workspaceId, user) => {
      const member = [approver, viewer].find((one) => one.slackUserId === user)
      if (member === undefined) return Promise.resolve(null)
      const { id, name, role } = member
      return Promise.resolve({ kind: 'member', id, workspaceId, name, role, via: 'slack' })
    },
    linkSlackUserByEmail: () => Promise.resolve(null),
    refreshAction: (workspaceId, id) =>
      given.getAction?.(
        { kind: 'member', id: viewer.id, workspaceId, name: 'Viewer', role: 'viewer', via: 'slack' },
        id,
      ) ?? Promise.resolve(err({ kind: 'not_found', what: 'action' })),
    listAgents: () => Promise.resolve(ok([])),
    listConnections: () => Promise.resolve(ok([])),
    listExceptions: () => Promise.resolve(ok([])),
  }
  const verbs: Partial<Gate> = { ...usual, ...given }
  // safe: every property is answered by `get`, as a function that exists or that fails by name.
  const gate = new Proxy({} as Gate, {
    get(_target, name) {
      const verb = Object.entries(verbs).find(([key]) => key === name)?.[1]
      return (...args: readonly unknown[]): unknown => {
        calls.push({ verb: String(name), args })
        if (verb === undefined) throw new Error(`The test gave no gate.${String(name)}`)
        return Reflect.apply(verb, undefined, args)
      }
    },
  })
  return { gate, calls }
}

/** The calls of one verb, as their arguments. */
export const callsOf = (calls: readonly GateCall[], verb: string): readonly (readonly unknown[])[] =>
  calls.filter((call) => call.verb === verb).map((call) => call.args)
