import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Markup } from '../../../../slack-app/sandbox/page/mrkdwn-nodes.tsx'
import { fence } from '../../../../slack-app/views/mrkdwn.ts'
import { when, onDay } from '../../../../slack-app/views/when.ts'
import { harness } from '../../harness.ts'
import { ctx, NOW } from '../../sample.ts'

const { world } = harness({}).sandbox
const drawn = async (text: string): Promise<string> =>
  (await new Hono().get('/', (c) => c.html(Markup({ text, world }))).request('/')).text()

test.each([
  ['*Undo*', '<strong>Undo</strong>'],
  ['_so_', '<em>so</em>'],
  ['~no~', '<s>no</s>'],
  ['`x`', '<code>x</code>'],
])('our own %s stands out; an agent’s does not', async (text, html) => {
  expect(await drawn(text)).toContain(html)
  for (const foreign of [text, `a ${text} b`, `${text}${text}`, text.charAt(0) + text])
    expect(await drawn(fence(foreign))).not.toMatch(/<(strong|em|s|code)>/)
})

test('a label stands out around a foreign word that has marks in it', async () => {
  expect(await drawn(`*${fence('a_b_c')}*`)).toContain('<strong>')
  expect(await drawn(`*Costs*\n${fence('2 * 3')}`)).toContain('<strong>Costs</strong>')
})

test('a day is marked as one, so that the page writes no time with it', async () => {
  expect(await drawn(onDay(NOW, ctx))).toContain(
    '<time class="day" datetime="2026-11-24T13:05:00.000Z">Tue 24 Nov</time>',
  )
  expect(await drawn(when(NOW, ctx))).toContain('<time datetime="2026-11-24T13:05:00.000Z">Tue 24 Nov, 14:05</time>')
})
