import { expect, test } from 'vitest'
import { topicNote } from '../../core/gate/switch-reach.ts'
import { createNewId } from '../../core/postgres/new-id.ts'
import { START } from '../support/world.ts'

const newId = createNewId(() => START.getTime())
const freeze = (reason: string) =>
  topicNote({
    id: newId('swt'),
    workspaceId: newId('wks'),
    target: { kind: 'topic', value: 'Recall-X' },
    reason,
    byId: newId('mem'),
    byName: 'Viewer',
    at: START,
  })
const SAYS = 'Viewer froze everything about “Recall-X”: '

test.each([
  ['what fits', `${'x'.repeat(52)} ana@example.com`, `${'x'.repeat(52)} ana@example.com`],
  ['not half an address', `${'x'.repeat(53)} ana@example.com`, `${'x'.repeat(53)}…`],
])('why a topic is frozen holds %s', (_name, reason, expected) => {
  expect(freeze(reason)).toBe(`${SAYS}${expected}. It waits until that is lifted.`)
})
