import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Kind, Receipt } from '../../core/ports/kind.ts'
import type { Json } from '../../core/domain/canonical.ts'
import type { PlatformError } from '../../core/ports/platform.ts'
import type { Result } from '../../core/domain/result.ts'
import { type Platforms, kindOf, startPlatforms } from '../support/platforms.ts'
import { hasVendorSpecs } from '../support/vendor-specs.ts'
import { SAMPLES, type Sample } from './samples.ts'

const CALL = { key: 'act_1:1' }
let platforms: Platforms

beforeEach(async () => {
  platforms = await startPlatforms()
})
afterEach(async () => {
  await platforms.close()
})

function value<T>(result: Result<T, PlatformError>): T {
  if (!result.ok) throw new Error(`A platform call failed: ${JSON.stringify(result.error)}`)
  return result.value
}

function prepared(sample: Sample): Kind {
  sample.prepare?.({ hubspot: platforms.hubspot.state, mailchimp: platforms.mailchimp.state })
  return kindOf(sample.id)
}

const TIMES = ['updatedAt', 'changedAt', 'optedInAt']

/** A stand-in's state without its times of change, which no undo can put back. */
function stateOf(kind: Kind): Json {
  const { state } = platforms.sandboxOf(kind)
  return JSON.parse(JSON.stringify(state, (key, part: unknown) => (TIMES.includes(key) ? undefined : part)))
}

async function executed(sample: Sample) {
  const kind = prepared(sample)
  const session = platforms.session(kind)
  const before = value(await kind.beforeState(sample.input, session))
  const receipt = value(await kind.run(sample.input, before, session, CALL))
  return { kind, session, before, receipt }
}

const hitsEffect = (sample: Sample) => (method: string, path: string) =>
  method === sample.effect[0] && path.endsWith(sample.effect[1])

/** Runs with one effect call going wrong; the answer must be "it may have happened". */
async function lost(sample: Sample, fault: 'lost_before' | 'lost_after') {
  const kind = prepared(sample)
  const session = platforms.session(kind)
  const before = value(await kind.beforeState(sample.input, session))
  platforms.sandboxOf(kind).script.queue({ match: hitsEffect(sample), fault })
  const result = await kind.run(sample.input, before, session, CALL)
  expect(result).toEqual({ ok: false, error: { kind: 'outcome_unknown', why: 'the connection broke' } })
  return { kind, session, before }
}

describe.each(SAMPLES)('$id', (sample) => {
  it('takes its input, names a wrong field, and refuses an unknown one', () => {
    const kind = kindOf(sample.id)
    expect(kind.parse(sample.input)).toEqual({ ok: true, value: sample.input })
    const wrong = kind.parse(sample.wrong[0])
    expect(wrong.ok ? [] : wrong.error.map((problem) => problem.path)).toContain(sample.wrong[1])
    expect(kind.parse({ ...sample.input, surprise: 1 })).toEqual({
      ok: false,
      error: [{ path: 'surprise', says: 'is not a field of this action' }],
    })
  })

  it('previews in words, without an id in the sentences', () => {
    const kind = kindOf(sample.id)
    const preview = kind.preview(sample.input, null)
    expect(preview.title).toBe(sample.title)
    expect(preview.done).toBe(sample.done)
    expect(kind.people(sample.input)).toBe(sample.people)
  })

  it('passes its preflight and has exactly one effect', async () => {
    const kind = prepared(sample)
    const session = platforms.session(kind)
    expect(await kind.preflight(sample.input, session)).toEqual({ ok: true, value: [] })
    const { receipt } = await executed(sample)
    expect(receipt.reference).toBe(sample.reference ?? receipt.reference)
    const { script } = platforms.sandboxOf(kind)
    expect(script.effects).toEqual({ [sample.counted]: 1 })
    expect(script.log.filter((entry) => hitsEffect(sample)(entry.method, entry.path))).toHaveLength(1)
  })

  it('is found after an answer was lost', async () => {
    const { kind, session, before } = await lost(sample, 'lost_after')
    const found = value(await kind.lookUp(sample.input, before, session, CALL))
    expect(found.found).toBe(sample.canLookUp)
    expect(platforms.sandboxOf(kind).script.effects).toEqual({ [sample.counted]: 1 })
  })

  it('is not found after a request was lost', async () => {
    const { kind, session, before } = await lost(sample, 'lost_before')
    expect(value(await kind.lookUp(sample.input, before, session, CALL))).toEqual({ found: false })
    expect(platforms.sandboxOf(kind).script.effects).toEqual({})
  })
})

const UNDOABLE = SAMPLES.filter((sample) => kindOf(sample.id).undo !== undefined)
const undoOf = (kind: Kind) => {
  if (kind.undo === undefined) throw new Error(`${kind.id} has no undo`)
  return kind.undo
}

describe.each(UNDOABLE)('the undo of $id', (sample) => {
  it('sees that nothing changed, takes it back, and finds itself done', async () => {
    const before = stateOf(prepared(sample))
    const done = await executed(sample)
    const undo = undoOf(done.kind)
    expect(stateOf(done.kind)).not.toEqual(before)
    expect(await undo.changedSince(sample.input, done.before, done.receipt, done.session)).toEqual({
      ok: true,
      value: [],
    })
    expect(await undo.lookUp(sample.input, done.before, done.receipt, done.session)).toEqual({ ok: true, value: false })
    value(await undo.run(sample.input, done.before, done.receipt, done.session))
    expect(await undo.lookUp(sample.input, done.before, done.receipt, done.session)).toEqual({ ok: true, value: true })
    const left = stateOf(done.kind)
    if (done.kind.effect.undo === 'exact') expect(left).toEqual(before)
    else expect(softened(left, done.receipt)).toEqual(softened(before, done.receipt))
  })
})

/** What a compensating undo may leave: an archived record in the recycle bin, and members of today. */
function softened(state: Json, receipt: Receipt): Json {
  return JSON.parse(
    JSON.stringify(state, (key, part: unknown) => {
      if (key === receipt.reference && isArchived(part)) return undefined
      return key === 'members' && isStamped(part) ? Object.keys(part).toSorted() : part
    }),
  )
}

const isArchived = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && 'archived' in part && part.archived === true

const isStamped = (part: unknown): part is Record<string, string> =>
  typeof part === 'object' && part !== null && Object.values(part).every((time) => typeof time === 'string')

describe('the vendors’ descriptions', () => {
  it.runIf(hasVendorSpecs)('are in front of every stand-in (skipped where ../shared/specs is absent)', async () => {
    const broken = await startPlatforms()
    for (const base of Object.values(broken.baseUrls)) {
      const answer = await fetch(`${base}/no/such/address`, { method: 'POST' })
      expect(answer.status).toBe(422)
    }
    expect(broken.violations().map((violation) => violation.side)).toEqual(['request', 'request'])
    await expect(broken.close()).rejects.toThrow('request of POST /no/such/address')
  })
})
