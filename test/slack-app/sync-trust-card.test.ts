import { describe, expect, it, test } from 'vitest'
import { err } from '../../core/domain/result.ts'
import { buttonsOf, harness, wordsOf } from './harness.ts'
import { NOW, workspaceId } from './sample.ts'
import { trustGate } from './trust-gate.ts'
import { grant, notice, noticeId, promotion, promotionId, reclaimed } from './trust-sample.ts'

const drawPromotion = { queue: 'trust_card', workspaceId, subject: promotionId } as const
const drawNotice = { queue: 'trust_card', workspaceId, subject: noticeId } as const
const methods = (h: ReturnType<typeof harness>) => h.sandbox.world.calls.map((call) => call.method)

describe('the card of a proposal', () => {
  it('is posted once in the approvals channel, and not touched while nothing changes', async () => {
    const h = harness(trustGate({ promotion: promotion() }).verbs)
    expect(await h.app.runSideJob(drawPromotion)).toEqual({ kind: 'done' })
    expect(await h.app.runSideJob(drawPromotion)).toEqual({ kind: 'done' })
    expect(methods(h)).toEqual(['chat.postMessage'])
    expect(h.seen()).toHaveLength(1)
  })

  it('is posted once by two workers at the same time', async () => {
    const h = harness(trustGate({ promotion: promotion() }).verbs)
    const results = await Promise.all([h.app.runSideJob(drawPromotion), h.app.runSideJob(drawPromotion)])
    expect(results.map((result) => result.kind).sort()).toEqual(['done', 'retry'])
    expect(h.seen()).toHaveLength(1)
  })

  test.each([
    ['granted', 'Granted by *Owner*'],
    ['declined', 'Not yet, decided by *Owner*'],
    ['withdrawn', 'what it rested on holds no longer'],
  ] as const)('becomes one that no longer asks once it was %s', async (state, says) => {
    const gate = trustGate({ promotion: promotion() })
    const h = harness(gate.verbs)
    await h.app.runSideJob(drawPromotion)
    gate.state.promotion = promotion({ version: 2, state, by: 'Owner', endedAt: NOW })
    expect(await h.app.runSideJob(drawPromotion)).toEqual({ kind: 'done' })
    expect(wordsOf(h.seen()[0])).toContain(says)
    expect(buttonsOf(h.seen()[0])).toEqual(['promotion_dossier'])
    expect(methods(h)).toEqual(['chat.postMessage', 'chat.update'])
  })

  it('is not replaced by an older drawing', async () => {
    const gate = trustGate({ promotion: promotion({ version: 2, state: 'open' }) })
    const h = harness(gate.verbs)
    await h.app.runSideJob(drawPromotion)
    gate.state.promotion = promotion({ version: 1, title: 'an older title?' })
    await h.app.runSideJob(drawPromotion)
    expect(wordsOf(h.seen()[0])).not.toContain('an older title')
  })

  it('is not posted when it was answered before it was drawn', async () => {
    const h = harness(trustGate({ promotion: promotion({ state: 'granted', version: 2, endedAt: NOW }) }).verbs)
    expect(await h.app.runSideJob(drawPromotion)).toEqual({ kind: 'done' })
    expect(h.seen()).toEqual([])
    expect(h.messages.claims.size).toBe(0)
  })

  it('is posted anew when somebody deleted it while it waits', async () => {
    const gate = trustGate({ promotion: promotion() })
    const h = harness(gate.verbs)
    await h.app.runSideJob(drawPromotion)
    const [card] = h.seen()
    if (card !== undefined) h.sandbox.world.remove(card)
    gate.state.promotion = promotion({ version: 2, title: 'once more?' })
    expect(await h.app.runSideJob(drawPromotion)).toEqual({ kind: 'done' })
    expect(h.seen()).toHaveLength(1)
  })
})

describe('a notice', () => {
  it('is told once, and says later who answered it', async () => {
    const gate = trustGate({ notice: notice('invitation') })
    const h = harness(gate.verbs)
    await h.app.runSideJob(drawNotice)
    expect(buttonsOf(h.seen()[0])).toEqual(['invitation_review', 'invitation_dismiss'])
    gate.state.notice = notice('invitation', { version: 2, answer: 'dismiss', by: 'Owner', answeredAt: NOW })
    await h.app.runSideJob(drawNotice)
    expect(wordsOf(h.seen()[0])).toContain('Not now, says *Owner*')
    expect(h.seen()).toHaveLength(1)
  })

  it('follows the level that it is about', async () => {
    const gate = trustGate({ notice: notice('automatic_promotion'), grants: [grant({ scope: 'other' }), grant()] })
    const h = harness(gate.verbs)
    await h.app.runSideJob(drawNotice)
    expect(buttonsOf(h.seen()[0])).toEqual(['level_reclaim'])
    gate.state.grants = [grant({ scope: 'other' }), reclaimed()]
    await h.app.runSideJob(drawNotice)
    expect(buttonsOf(h.seen()[0])).toEqual([])
    expect(wordsOf(h.seen()[0])).toContain('Taken back by *Approver*')
  })

  it('needs no list of levels where it is about none', async () => {
    const about = notice('invitation', { body: { title: 'Have a look?', lines: ['All went well.'] } })
    const h = harness({ ...trustGate({ notice: about }).verbs, listGrants: () => Promise.reject(new Error('asked')) })
    expect(await h.app.runSideJob(drawNotice)).toEqual({ kind: 'done' })
  })
})

describe('when it cannot be read', () => {
  test.each([drawPromotion, drawNotice])('fails for good where it is gone: $subject', async (job) => {
    const h = harness(trustGate({}).verbs)
    expect(await h.app.runSideJob(job)).toEqual({ kind: 'failed', says: 'There is no such proposal or notice' })
  })

  it('comes back where the levels cannot be read just now', async () => {
    const gate = trustGate({ notice: notice('demotion') })
    const busy = () => Promise.resolve(err({ kind: 'rate_limited' as const, retryAfterMs: 4_000 }))
    const h = harness({ ...gate.verbs, listGrants: busy })
    expect(await h.app.runSideJob(drawNotice)).toEqual({ kind: 'retry', afterMs: 4_000 })
  })

  it('fails where there is no such workspace', async () => {
    const h = harness({ workspace: () => Promise.resolve(null) })
    expect(await h.app.runSideJob(drawPromotion)).toEqual({ kind: 'failed', says: 'There is no such workspace' })
  })
})
