import { createKinds } from '../../connectors/registry.ts'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import type { Json } from '../../core/domain/canonical.ts'
import { claimExecution, type LastLook } from '../../core/gate/claim-execution.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { START, type World } from './world.ts'

export const SECOND = 1000
export const HOUR = 3_600_000
export const at = (ms: number): Date => new Date(START.getTime() + ms)
export const update = { kind: 'hubspot.contact.update', input: { contactId: '103', phone: '+1 555 0199' } }
export const create = { kind: 'hubspot.contact.create', input: { email: 'new@example.com', firstName: 'New' } }
export const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings' } }
export const UPDATED = 'contact.update 103'
export const CREATED = 'contact.create new@example.com'

export const hubspotError = (status: number, headers: Record<string, string> = {}): Fault => ({
  status,
  headers,
  body: { status: 'error', message: 'No', correlationId: '00000000-0000-4000-8000-000000000000', category: 'TEST' },
})
/** The next write on HubSpot goes wrong. */
export const nextWrite = (world: World, fault: Fault, times = 1) =>
  world.hubspot.script.queue({
    match: (method, path) => method !== 'GET' && !/search|batch\/read/.test(path),
    fault,
    times,
  })

export async function loaded(world: World, action: ActionView) {
  const stored = await world.store.read(world.workspaceId, (tx) => tx.loadAction(action.id))
  const kind = createKinds().get(action.kind.id)
  if (!stored || !kind) throw new Error('Both exist')
  return { stored, kind }
}

/** A look at the platform that has just begun. */
export const lookOf = (world: World, before: Json): LastLook => ({
  before,
  facts: null,
  toReach: null,
  since: world.now(),
})

/** A process that claims and dies before (or after) it sent anything. */
export async function claimAndDie(world: World, proposal: typeof update | typeof create, when: 'before' | 'after') {
  const action = await world.approve(await world.propose({ ...proposal, notBefore: at(HOUR) }))
  world.pass(HOUR)
  const { stored, kind } = await loaded(world, action)
  const session = world.platforms.session(kind)
  const before = value2(await kind.beforeState(stored.payload.input, session))
  const claimed = await claimExecution(world.context, stored, kind, lookOf(world, before))
  if (!claimed) throw new Error('It was claimed')
  const receipt =
    when === 'after' ? value2(await kind.run(stored.payload.input, before, session, { key: action.id })) : null
  return { action, claimed, kind, receipt, before }
}

function value2<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
