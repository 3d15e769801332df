import { describe, expect, it, test } from 'vitest'
import type { State } from '../../core/domain/action-states.ts'
import { ok } from '../../core/domain/result.ts'
import type { SwitchTarget } from '../../core/domain/switches.ts'
import type { SwitchRow } from '../../core/ports/rows.ts'
import type { DueItem } from '../../core/ports/store.ts'
import { takeDue } from '../../core/postgres/due-rows.ts'
import { asRole } from '../../core/postgres/transaction.ts'
import { at } from '../support/at.ts'
import { OURS, THEIRS, useStore } from '../support/use-store.ts'
import { idOf } from '../support/views.ts'

const HIDE_MS = 60_000
const its = useStore()

const keys = (items: readonly DueItem[]): readonly string[] => items.map(({ actionId }) => actionId).toSorted()
const stop = (target: SwitchTarget, workspaceId: SwitchRow['workspaceId'] = OURS, id = 'swt_1'): SwitchRow => ({
  id: idOf('swt', id),
  workspaceId,
  target,
  reason: null,
  byId: 'mem_1',
  byName: 'Owner',
  at: its.now,
})
const told = (row: SwitchRow, subjectVersion: number) => ({
  subject: row.id,
  subjectVersion,
  type: subjectVersion === 1 ? 'stopped' : 'resumed',
  body: {},
})
const stopped = (row: SwitchRow) =>
  its.store.transact(OURS, async (tx) => {
    await tx.insertSwitch(row)
    return ok(undefined)
  })

describe('takeDue', () => {
  it('gives what is due of all workspaces, with what to do', async () => {
    await its.action('1', 'ready', { run_at: at(0) })
    await its.action('2', 'awaiting_approval', { expires_at: at(5_000), remind_at: at(-5_000) }, THEIRS)
    await its.action('3', 'awaiting_approval', { expires_at: at(-1), remind_at: at(-5_000) })
    await its.action('4', 'executed', { undo_until: at(0) })
    await its.action('5', 'ready', { run_at: at(1) })
    await its.action('6', 'unknown', { run_at: at(-1) })
    await its.action('7', 'executing', { lease_until: at(-1) })
    await its.action('8', 'settled', {})
    const found = await its.store.takeDue(50, HIDE_MS)
    expect(found.toSorted((a, b) => a.actionId.localeCompare(b.actionId))).toEqual([
      { workspaceId: OURS, actionId: 'act_1', work: 'execute' },
      { workspaceId: THEIRS, actionId: 'act_2', work: 'remind' },
      { workspaceId: OURS, actionId: 'act_3', work: 'expire' },
      { workspaceId: OURS, actionId: 'act_4', work: 'settle' },
      { workspaceId: OURS, actionId: 'act_6', work: 'look_up' },
      { workspaceId: OURS, actionId: 'act_7', work: 'lapse' },
    ])
  })

  it('hides what it gave until the time is over', async () => {
    await its.action('1', 'ready', { run_at: at(0) })
    expect(keys(await its.store.takeDue(50, HIDE_MS))).toEqual(['act_1'])
    expect(await its.store.takeDue(50, HIDE_MS)).toEqual([])
    its.pass(HIDE_MS - 1)
    expect(await its.store.takeDue(50, HIDE_MS)).toEqual([])
    its.pass(1)
    expect(keys(await its.store.takeDue(50, HIDE_MS))).toEqual(['act_1'])
  })

  it('gives no more than asked, what has waited longest first', async () => {
    for (let n = 1; n <= 6; n += 1) await its.action(String(n), 'ready', { run_at: at(-n * 1_000) })
    expect(keys(await its.store.takeDue(4, HIDE_MS))).toEqual(['act_3', 'act_4', 'act_5', 'act_6'])
    expect(keys(await its.store.takeDue(4, HIDE_MS))).toEqual(['act_1', 'act_2'])
  })

  it('gives the rest while another one has taken but not yet committed', async () => {
    for (let n = 1; n <= 6; n += 1) await its.action(String(n), 'ready', { run_at: at(-n * 1_000) })
    await asRole(
      its.database.drizzle,
      'tenure_system',
      '',
      () => its.now,
      async (tx) => {
        expect(keys(await takeDue(tx, its.now, 4, HIDE_MS))).toEqual(['act_3', 'act_4', 'act_5', 'act_6'])
        expect(keys(await its.store.takeDue(50, HIDE_MS))).toEqual(['act_1', 'act_2'])
      },
    )
    expect(await its.store.takeDue(50, HIDE_MS)).toEqual([])
  })

  it('shares rows among many without giving one twice', async () => {
    for (let n = 10; n < 50; n += 1) await its.action(String(n), 'ready', { run_at: at(-n) })
    const shares = await Promise.all(Array.from({ length: 8 }, () => its.store.takeDue(10, HIDE_MS)))
    const given = [...keys(shares.flat()), ...keys(await its.store.takeDue(50, HIDE_MS))]
    expect(given).toHaveLength(40)
    expect(new Set(given).size).toBe(40)
  })

  const targets: readonly (readonly [SwitchTarget, SwitchRow['workspaceId'], boolean])[] = [
    [{ kind: 'all' }, '*', true],
    [{ kind: 'workspace' }, OURS, true],
    [{ kind: 'workspace' }, THEIRS, false],
    [{ kind: 'agent', value: 'agt_1' }, OURS, true],
    [{ kind: 'agent', value: 'agt_2' }, OURS, false],
    [{ kind: 'category', value: 'email_campaign' }, OURS, true],
    [{ kind: 'category', value: 'crm_update' }, OURS, false],
    [{ kind: 'platform', value: 'mailchimp' }, OURS, true],
    [{ kind: 'platform', value: 'mailchimp' }, '*', true],
    [{ kind: 'platform', value: 'hubspot' }, '*', false],
    [{ kind: 'kind', value: 'mailchimp.campaign.send' }, OURS, true],
    [{ kind: 'kind', value: 'mailchimp.campaign' }, OURS, false],
  ]
  test.each(targets)('a stop of %j in %s freezes it: %s', async (target, workspaceId, frozen) => {
    await its.action('1', 'ready', { run_at: at(0) })
    const row = stop(target, workspaceId)
    if (workspaceId === '*') await its.store.stopInstallation(row, told(row, 1), OURS)
    else
      await its.store.transact(workspaceId, async (tx) => {
        await tx.insertSwitch(row)
        return ok(undefined)
      })
    expect(keys(await its.store.takeDue(50, HIDE_MS))).toEqual(frozen ? [] : ['act_1'])
  })

  it('goes on watching what is on its way at the platform', async () => {
    const states: readonly (readonly [State, string])[] = [
      ['proposed', 'run_at'],
      ['awaiting_approval', 'remind_at'],
      ['changes_requested', 'expires_at'],
      ['scheduled', 'run_at'],
      ['held', 'run_at'],
      ['ready', 'run_at'],
      ['executed', 'undo_until'],
      ['executing', 'lease_until'],
      ['unknown', 'run_at'],
      ['undoing', 'lease_until'],
    ]
    for (const [state, clock] of states) await its.action(state, state, { [clock]: at(-1) })
    await stopped(stop({ kind: 'workspace' }))
    expect(keys(await its.store.takeDue(50, HIDE_MS))).toEqual(['act_executing', 'act_undoing', 'act_unknown'])
  })

  it('is due again once the stop was lifted', async () => {
    await its.action('1', 'ready', { run_at: at(0) })
    const row = stop({ kind: 'all' }, '*')
    await its.store.stopInstallation(row, told(row, 1), OURS)
    expect(await its.store.takeDue(50, HIDE_MS)).toEqual([])
    expect(await its.store.liftInstallationStop(row.id, 'Owner', null, told(row, 2), OURS)).toEqual(row)
    expect(await its.store.liftInstallationStop(row.id, 'Owner', null, told(row, 2), OURS)).toBeNull()
    expect(keys(await its.store.takeDue(50, HIDE_MS))).toEqual(['act_1'])
  })

  it('fills up with what was let through under an epoch that has passed', async () => {
    await its.action('1', 'ready', { run_at: at(60_000) })
    await its.action('2', 'held', { run_at: at(60_000) })
    await its.action('3', 'executed', { undo_until: at(60_000) })
    expect(await its.store.takeDue(50, HIDE_MS)).toEqual([])
    await its.store.transact(OURS, async (tx) => {
      await tx.bumpEpoch()
      return ok(undefined)
    })
    expect(
      (await its.store.takeDue(50, HIDE_MS)).map(({ actionId, work }) => `${actionId} ${work}`).toSorted(),
    ).toEqual(['act_1 recall', 'act_2 recall'])
    expect(await its.store.takeDue(1, HIDE_MS)).toHaveLength(1)
  })

  it('says how long it is until the next one', async () => {
    expect(await its.store.nextDueInMs()).toBeNull()
    await its.action('1', 'settled', {})
    expect(await its.store.nextDueInMs()).toBeNull()
    await its.action('2', 'ready', { run_at: at(90_000) })
    await its.action('3', 'executed', { undo_until: at(1_500) })
    expect(await its.store.nextDueInMs()).toBe(1_500)
    its.pass(2_000)
    expect(await its.store.nextDueInMs()).toBe(-500)
  })
})
