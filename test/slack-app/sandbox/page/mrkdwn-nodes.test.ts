import { expect, test } from 'vitest'
import { Markup } from '../../../../slack-app/sandbox/page/mrkdwn-nodes.tsx'
import { fence } from '../../../../slack-app/views/mrkdwn.ts'
import { harness } from '../../harness.ts'

const { world } = harness({}).sandbox
const drawn = (text: string): string => String(Markup({ text, world }))

test.each([
  ['*Undo*', '<strong>Undo</strong>'],
  ['_so_', '<em>so</em>'],
  ['~no~', '<s>no</s>'],
  ['`x`', '<code>x</code>'],
])('our own %s stands out; an agent’s does not', (text, html) => {
  expect(drawn(text)).toContain(html)
  for (const foreign of [text, `a ${text} b`, `${text}${text}`, text.charAt(0) + text])
    expect(drawn(fence(foreign))).not.toMatch(/<(strong|em|s|code)>/)
})

test('a label stands out around a foreign word that has marks in it', () => {
  expect(drawn(`*${fence('a_b_c')}*`)).toContain('<strong>')
  expect(drawn(`*Costs*\n${fence('2 * 3')}`)).toContain('<strong>Costs</strong>')
})
