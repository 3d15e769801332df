import { expect, test } from 'vitest'
import type { ActionAnswer } from '../../demo/gate-client.ts'
import { tellFall } from '../../demo/months/fall.ts'
import type { Office } from '../../demo/months/office.ts'

// safe, all: what is looked at of them is here
const action = { kind: 'hubspot.note.create', category: 'crm_update', scope: 'crm_update.small' } as ActionAnswer
const LOCK = { cause: 'rejection_at_high_autonomy', decisions_until_others: 10 }

function office(after: { readonly score: number; readonly lock: object | null; readonly level: number }) {
  const told: string[] = []
  let isUndone = false
  const { score, lock, level } = after
  const trust = () => (isUndone ? { score, exact_score: score, lock } : { score: 92, exact_score: 92, lock: null })
  const grant = { scope: 'crm_update.medium', scenario: action.kind, agent: 'agt_01', in_force: level }
  const scene = {
    say: { held: (text: string) => void told.push(text) },
    owner: { trust: () => Promise.resolve(trust()), grants: () => Promise.resolve([grant]) },
  } as unknown as Office
  const undo = (): Promise<void> => {
    isUndone = true
    return Promise.resolve()
  }
  return { told, run: () => tellFall(scene, action, undo) }
}

test('tells what an undo at level 4 took', async () => {
  const { told, run } = office({ score: 77, lock: LOCK, level: 2 })
  await run()
  expect(told).toEqual([
    'hubspot.note.create was taken back at level 4: the score falls from 92 to 77.',
    'Everything of crm_update asks a person again.',
  ])
})

test.each([
  ['too few points', { score: 78, lock: LOCK, level: 2 }, 'did not cost 15 points'],
  ['no full review', { score: 77, lock: null, level: 2 }, 'did not put its category under full review'],
  ['another band that goes on alone', { score: 77, lock: LOCK, level: 3 }, 'still runs by itself'],
])('ends with a sentence after %s', async (_what, after, says) => {
  await expect(office(after).run()).rejects.toThrow(says)
})
