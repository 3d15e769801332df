import { expect, test } from 'vitest'
import type { Reason, Verdict } from '../../core/domain/verdict.ts'
import { verdictOf } from '../../core/domain/verdict.ts'
import { judgedAnew } from '../../core/gate/judged-anew.ts'
import type { Evaluated } from '../../core/gate/evaluate-action.ts'

type Stored = Parameters<typeof judgedAnew>[0]

const asks: Reason = { rule: 'amount.ask_above', outcome: 'ask', text: 'It costs more.' }
const also: Reason = { rule: 'conditions', outcome: 'ask', text: 'It is large.' }
const warns: Reason = { rule: 'tone', outcome: 'warn', text: 'It is loud.' }

const PAYLOAD = { revision: 3, hash: 'seen', editedBy: 'Ann' }
/** What is left of a payload where only its hash, its verdict and who edited it are looked at. */
const stored = (verdict: Verdict, payload: Partial<typeof PAYLOAD> | { readonly hash: null } = {}): Stored =>
  // safe: nothing else of it is read
  ({ payload: { ...PAYLOAD, ...payload, verdict } }) as unknown as Stored
const evaluated = (hash: string | null = 'material'): Pick<Evaluated, 'payload'> => ({
  // safe: nothing else of it is read
  payload: (verdict) => ({ hash, verdict }) as ReturnType<Evaluated['payload']>,
})
const judge = (before: Stored, reasons: readonly Reason[], isToBeSeen?: boolean) =>
  judgedAnew(before, evaluated(), { verdict: verdictOf(reasons), charges: [] }, isToBeSeen)

test.each<[string, readonly Reason[], readonly Reason[], boolean]>([
  ['the same', [asks], [asks], true],
  ['less', [asks, also], [asks], true],
  ['a warning more', [asks], [asks, warns], true],
  ['another figure of the same rule', [asks], [{ ...asks, text: 'It costs much more.' }], true],
  ['a reason where there was none', [], [asks], false],
  ['another reason', [asks], [asks, also], false],
  ['a block', [asks], [{ ...asks, outcome: 'block' }], false],
])('%s: a card from before decides: %s → %s, %s', (_name, seen, now, stays) => {
  const after = judge(stored(verdictOf(seen)), now)
  expect(after).toMatchObject({ verdict: verdictOf(now), editedBy: 'Ann' })
  expect(after.hash === 'seen').toBe(stays)
})

test('what has to be seen gets a hash that no card had, each time another', () => {
  const [first, second] = [3, 4].map((revision) => judge(stored(verdictOf([]), { revision }), [asks]).hash)
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(second).toMatch(/^[0-9a-f]{64}$/)
  expect(second).not.toBe(first)
})

test('who calls may say that there is something to see, or that nothing is decided by it', () => {
  expect(judge(stored(verdictOf([asks])), [asks], true).hash).not.toBe('seen')
  expect(judge(stored(verdictOf([])), [asks], false).hash).toBe('seen')
})

test('what could not be read yet has no hash, and gets none', () => {
  const judged = { verdict: verdictOf([asks]), charges: [] }
  expect(judgedAnew(stored(verdictOf([]), { hash: null }), evaluated(null), judged).hash).toBeNull()
})
