import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Level } from '../../core/domain/ceiling.ts'
import type { Effect, Undo } from '../../core/domain/effect.ts'
import { DEFAULT_HOLD, type Route, routeAction, type Situation, whenDue } from '../../core/domain/route-action.ts'
import type { Outcome } from '../../core/domain/verdict.ts'

const HOUR = 3_600_000
const now = new Date('2026-03-04T17:00:00.000Z')
const inHours = (hours: number): Date => new Date(now.getTime() + hours * HOUR)

const effect = (undo: Undo, preparing?: boolean): Effect => ({
  repeat: 'safe',
  undo,
  ...(preparing === undefined ? {} : { preparing }),
})
const plain: Situation = {
  level: 4,
  outcome: 'pass',
  effect: effect('exact'),
  slotAt: null,
  hold: DEFAULT_HOLD,
  now,
}

test.each<[string, Partial<Situation>, Route]>([
  ['level 1 records', { level: 1 }, { state: 'observed' }],
  ['level 1 records what would be blocked', { level: 1, outcome: 'block' }, { state: 'observed' }],
  ['level 1 records preparing work', { level: 1, effect: effect('exact', true) }, { state: 'observed' }],
  ['a block ends it at level 2', { level: 2, outcome: 'block' }, { state: 'blocked' }],
  ['a block ends it at level 5', { level: 5, outcome: 'block' }, { state: 'blocked' }],
  ['a block ends preparing work', { outcome: 'block', effect: effect('exact', true) }, { state: 'blocked' }],
  ['preparing work passes at level 2', { level: 2, effect: effect('exact', true) }, { state: 'ready' }],
  [
    'preparing work passes where a guardrail asks',
    { level: 2, outcome: 'ask', effect: effect('exact', true) },
    { state: 'ready' },
  ],
  [
    'preparing work waits for its slot',
    { level: 2, effect: effect('exact', true), slotAt: inHours(1) },
    { state: 'scheduled', runAt: inHours(1) },
  ],
  [
    'preparing: false is not preparing',
    { level: 2, effect: effect('exact', false) },
    { state: 'awaiting_approval', because: 'level' },
  ],
  ['level 2 asks', { level: 2 }, { state: 'awaiting_approval', because: 'level' }],
  ['a guardrail asks at level 5', { level: 5, outcome: 'ask' }, { state: 'awaiting_approval', because: 'guardrail' }],
  [
    'the guardrail is named before the level',
    { level: 2, outcome: 'ask' },
    { state: 'awaiting_approval', because: 'guardrail' },
  ],
  ['a warning passes', { outcome: 'warn' }, { state: 'ready' }],
  ['level 3 acts', { level: 3 }, { state: 'ready' }],
  ['a slot is waited for', { slotAt: inHours(2) }, { state: 'scheduled', runAt: inHours(2) }],
  ['a slot that is now is not waited for', { slotAt: now }, { state: 'ready' }],
  ['a slot that has passed is not waited for', { slotAt: inHours(-1) }, { state: 'ready' }],
  ['held at level 3: 24 hours', { level: 3, effect: effect('held') }, { state: 'held', runAt: inHours(24) }],
  ['held at level 4: one hour', { level: 4, effect: effect('held') }, { state: 'held', runAt: inHours(1) }],
  ['held at level 5: one hour', { level: 5, effect: effect('held') }, { state: 'held', runAt: inHours(1) }],
  ['held until a later slot', { effect: effect('held'), slotAt: inHours(5) }, { state: 'held', runAt: inHours(5) }],
  [
    'held until a slot at the very end of the hold',
    { effect: effect('held'), slotAt: inHours(1) },
    { state: 'held', runAt: inHours(1) },
  ],
  [
    'a slot a millisecond before the end of the hold: a person',
    { effect: effect('held'), slotAt: new Date(inHours(1).getTime() - 1) },
    { state: 'awaiting_approval', because: 'slot_before_hold' },
  ],
  [
    'a slot in the past of a held effect: a person',
    { effect: effect('held'), slotAt: inHours(-1) },
    { state: 'awaiting_approval', because: 'slot_before_hold' },
  ],
  [
    'a shortened hold',
    { effect: effect('held'), hold: { notifyMs: 0, reportMs: 60_000 } },
    { state: 'held', runAt: inHours(1 / 60) },
  ],
  [
    'a held effect at level 2 asks',
    { level: 2, effect: effect('held') },
    { state: 'awaiting_approval', because: 'level' },
  ],
  ['what cannot be undone runs where its level lets it', { level: 3, effect: effect('none') }, { state: 'ready' }],
  ['what is made good runs', { level: 3, effect: effect('compensating') }, { state: 'ready' }],
])('%s', (_name, given, expected) => {
  expect(routeAction({ ...plain, ...given })).toEqual(expected)
})

describe('whatever the situation', () => {
  const situations = fc.record({
    level: fc.constantFrom<Level>(1, 2, 3, 4, 5),
    outcome: fc.constantFrom<Outcome>('pass', 'warn', 'ask', 'block'),
    effect: fc.record({
      repeat: fc.constantFrom('safe' as const, 'keyed' as const, 'unsafe' as const),
      undo: fc.constantFrom<Undo>('exact', 'compensating', 'held', 'none'),
      preparing: fc.boolean(),
    }),
    slotAt: fc.option(fc.integer({ min: -72, max: 72 }).map((hours) => inHours(hours / 2))),
    hold: fc.record({ notifyMs: fc.integer({ min: 0, max: 24 * HOUR }), reportMs: fc.integer({ min: 0, max: HOUR }) }),
    now: fc.constant(now),
  })
  const runs = (route: Route): boolean => ['ready', 'scheduled', 'held'].includes(route.state)

  it('a block never leads to anything that runs', () => {
    fc.assert(fc.property(situations, (given) => !runs(routeAction({ ...given, outcome: 'block' }))))
  })

  it('level 1 never leads to anything but a record', () => {
    fc.assert(fc.property(situations, (given) => routeAction({ ...given, level: 1 }).state === 'observed'))
  })

  it('what is not preparing runs alone only from level 3 up and where nothing asks', () => {
    fc.assert(
      fc.property(situations, (given) => {
        if (given.effect.preparing || !runs(routeAction(given))) return
        expect(given.level).toBeGreaterThanOrEqual(3)
        expect(['pass', 'warn']).toContain(given.outcome)
      }),
    )
  })

  it('a held effect never runs before its hold is over, unless it only prepares', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const held = { ...given, effect: { ...given.effect, undo: 'held' as const, preparing: false } }
        const route = routeAction(held)
        expect(['ready', 'scheduled']).not.toContain(route.state)
        if (route.state !== 'held') return
        const holdMs = given.level === 3 ? given.hold.notifyMs : given.hold.reportMs
        expect(route.runAt.getTime()).toBeGreaterThanOrEqual(now.getTime() + holdMs)
      }),
    )
  })

  it('nothing runs before its slot, and a hold never delays past it', () => {
    fc.assert(
      fc.property(situations, (given) => {
        const route = routeAction(given)
        if (given.slotAt === null || given.slotAt <= now || !runs(route)) return
        expect(route).toMatchObject({ runAt: given.slotAt })
      }),
    )
  })
})

describe('after a person approved', () => {
  test.each<[string, Date | null, Route]>([
    ['without a slot: now', null, { state: 'ready' }],
    ['at its slot', inHours(1), { state: 'scheduled', runAt: inHours(1) }],
    ['a slot that is now: now', now, { state: 'ready' }],
  ])('%s', (_name, slotAt, expected) => {
    expect(whenDue({ slotAt, now })).toEqual(expected)
  })
})
