import { expect, it } from 'vitest'
import { err, ok } from '../../core/domain/result.ts'
import { agentView, CALLBACK, callbackView, idOf } from '../support/views.ts'
import { harness, wordsOf } from './harness.ts'
import { later, NOW, workspaceId } from './sample.ts'

const job = { queue: 'callback_notice', workspaceId, subject: CALLBACK } as const
const disabled = (disabledAt = NOW) =>
  callbackView({
    state: 'disabled',
    disabledAt,
    disabledWhy: 'gone',
    url: 'https://a.example.com/<!channel>',
    notSent: 3,
  })
const listAgents = () => Promise.resolve(ok([agentView({ name: 'Writer *bold*' })]))

it('tells the channel once each time that an address is disabled', async () => {
  let endpoint = disabled()
  const h = harness({ listAgents, listCallbacks: () => Promise.resolve(ok([endpoint])) })
  expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
  expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
  expect(h.seen()).toHaveLength(1)
  const words = wordsOf(h.seen()[0])
  expect(words).toContain('It answered that it is gone (410).')
  expect(words).toContain('3 not delivered')
  expect(words).toContain('tenure callbacks enable cbe_1')
  expect(words).not.toContain('<!channel>')
  endpoint = disabled(later(60))
  expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
  expect(h.seen()).toHaveLength(2)
})

it('says nothing about an address that was enabled meanwhile, or that is not there', async () => {
  const h = harness({ listAgents, listCallbacks: () => Promise.resolve(ok([callbackView()])) })
  expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
  expect(await h.app.runSideJob({ ...job, subject: idOf('cbe', 'cbe_none') })).toEqual({ kind: 'done' })
  expect(h.seen()).toEqual([])
})

it('does without the name of the agent', async () => {
  const h = harness({
    listAgents: () => Promise.resolve(err({ kind: 'not_permitted', why: 'No' })),
    listCallbacks: () => Promise.resolve(ok([disabled()])),
  })
  expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
  expect(wordsOf(h.seen()[0])).toContain('a proposer')
})
