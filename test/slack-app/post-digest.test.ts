import { describe, expect, it } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { callsOf } from './fake-gate.ts'
import { harness, wordsOf } from './harness.ts'
import { executed, id, later, workspaceId } from './sample.ts'
import { byItself } from './side-jobs.ts'

describe('digest', () => {
  const job = { queue: 'digest', workspaceId, period: 'week' } as const

  it('counts what ran by itself in the period, once', async () => {
    const items = [
      byItself(4, { executedAt: later(-60) }),
      byItself(5, { id: id('act', 'b'), executedAt: later(-120), category: 'social_post', state: 'undone' }),
      byItself(4, { id: id('act', 'old'), executedAt: later(-8 * 24 * 60) }),
      byItself(3, { id: id('act', 'told'), executedAt: later(-60) }),
      executed({ id: id('act', 'asked'), executedAt: later(-60) }),
    ]
    const h = harness({ listActions: () => Promise.resolve(ok({ items, nextCursor: null })) })
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(h.seen()).toHaveLength(1)
    const words = wordsOf(h.seen()[0])
    expect(words).toContain('•  1 × email campaigns\n•  1 × social posts')
    expect(words).toContain('2,400 people reached  ·  1 undone')
  })

  it('reads every page', async () => {
    const h = harness({
      listActions: (_actor, _filter, window) =>
        Promise.resolve(
          ok({
            items: [byItself(4, { id: id('act', window.cursor ?? 'first'), executedAt: later(-60) })],
            nextCursor: window.cursor === undefined ? 'second' : null,
          }),
        ),
    })
    await h.app.runSideJob(job)
    expect(callsOf(h.calls, 'listActions').map(([, , window]) => window)).toEqual([
      { limit: 100 },
      { limit: 100, cursor: 'second' },
    ])
    expect(wordsOf(h.seen()[0])).toContain('2 × email campaigns')
  })

  it('finds what was scheduled long before the period, and stops at what is older than any schedule', async () => {
    const day = 24 * 60
    const pages = [
      byItself(4, { id: id('act', 'a'), proposedAt: later(-8 * day), executedAt: later(-8 * day) }),
      byItself(4, { id: id('act', 'b'), proposedAt: later(-60 * day), executedAt: later(-60) }),
      byItself(4, { id: id('act', 'c'), proposedAt: later(-98 * day), executedAt: later(-98 * day) }),
      byItself(4, { id: id('act', 'd'), proposedAt: later(-99 * day), executedAt: later(-60) }),
    ]
    const h = harness({
      listActions: (_actor, _filter, window) => {
        const at = Number(window.cursor ?? 0)
        return Promise.resolve(ok({ items: pages.slice(at, at + 1), nextCursor: at < 3 ? String(at + 1) : null }))
      },
    })
    await h.app.runSideJob(job)
    expect(callsOf(h.calls, 'listActions')).toHaveLength(3)
    expect(wordsOf(h.seen()[0])).toContain('1 × email campaigns')
  })

  it('says nothing where nothing ran', async () => {
    const h = harness({ listActions: () => Promise.resolve(ok({ items: [], nextCursor: null })) })
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'done' })
    expect(h.seen()).toEqual([])
  })
})
