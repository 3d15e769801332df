import { describe, expect, it, test } from 'vitest'
import { createKinds } from '../../connectors/registry.ts'
import { WALLS } from '../../core/domain/trust/walls-gate.ts'
import { compilePolicy } from '../../core/rules/evaluate.ts'
import { matchesKind } from '../../core/rules/kind-pattern.ts'
import { findPack, PACKS } from '../../core/rules/packs.ts'
import { PolicyTestCase } from '../../core/rules/policy-test-case.ts'
import { readPolicyFile } from '../../core/rules/policy-file.ts'
import { PolicySchema } from '../../core/rules/policy.ts'
import { runPolicyTests } from '../../core/rules/policy-tests.ts'
import { SECTIONS } from '../../core/rules/sections.ts'
import { wallsAt } from '../../core/rules/walls.ts'
import { place } from '../support/guardrail-subject.ts'

const kinds = createKinds().all

describe.each(PACKS)('$name', ({ name, says, policy, tests }) => {
  const document = PolicySchema.parse(policy)

  test.each(tests)('$name', (written) => {
    const [result] = runPolicyTests(compilePolicy(document), [written], kinds, place)
    expect(result?.passed, result?.says).toBe(true)
  })

  it('is told in one sentence', () => {
    expect(says).toMatch(/^For [^.]{20,120}\.$/)
  })

  it('has cases that pass, that ask and that block', () => {
    const expected = new Set(tests.map(({ expect: outcome }) => outcome))
    expect([...expected]).toEqual(expect.arrayContaining(['pass', 'ask', 'block']))
  })

  it('does not block or ask about everyday work', () => {
    const everyday = [
      { kind: 'hubspot.contact.update', texts: '+1 555 0199' },
      { kind: 'hubspot.task.create', texts: 'Call back about the appointment' },
      { kind: 'hubspot.contact.set_stage' },
    ].map((action) => ({ name: action.kind, action: { ...action, confidence: 0.95, segment: 'All' }, expect: 'pass' }))
    for (const result of runPolicyTests(compilePolicy(document), everyday, kinds, place))
      expect(result.passed, `${result.name}: ${result.says}`).toBe(true)
  })

  it.each(kinds)('has every wall around $id, and lets it be proposed', (kind) => {
    const { id: kindId, category, channel, effect } = kind
    const at = { kindId, category, channel, segment: null, regions: null, agentId: 'agt_1' }
    const { preparing = false } = effect
    expect(Object.values(wallsAt(document, { ...at, preparing, hasCampaigns: kind.campaign !== undefined }))).toEqual(
      WALLS.map(() => 'enforced'),
    )
    expect(document.kinds?.allow?.some((pattern) => matchesKind(pattern, kindId))).toBe(true)
  })

  it('may be extended', () => {
    const read = readPolicyFile(
      `extends: ${name}\namount: { cap: 1 }\nscopes: [{ when: { channel: email }, tone: {} }]`,
      findPack,
    )
    expect(read).toMatchObject({
      ok: true,
      value: { document: { quiet_hours: document.quiet_hours, amount: { cap: 1 } } },
    })
    expect(read.ok && read.value.document.scopes?.length).toBe((document.scopes?.length ?? 0) + 1)
  })
})

it('has a name for each pack, and none for what is none', () => {
  expect(PACKS.map(({ name }) => name)).toEqual([
    'cautious-start',
    'local-service-business',
    'regulated-health',
    'e-commerce',
    'agency-default',
  ])
  expect(findPack('no-such-pack')).toEqual({ ok: false, error: PACKS.map(({ name }) => name) })
  expect(findPack('e-commerce')).toEqual({ ok: true, value: PolicySchema.parse(PACKS[3]?.policy) })
})

it('uses nearly every rule somewhere', () => {
  const used = new Set(
    PACKS.flatMap(({ policy }) => [policy, ...(policy.scopes ?? [])].flatMap((level) => Object.keys(level))),
  )
  const unused = Object.keys(SECTIONS).filter((name) => !used.has(name))
  // What only a business itself can know: its words, channels, languages, regions, accounts and its brand.
  const itsOwn = ['channels', 'blocked_words', 'always_a_person', 'languages', 'regions', 'judge']
  expect(unused.toSorted()).toEqual(itsOwn.toSorted())
})

it('writes its cases as a file would', () => {
  for (const { tests } of PACKS) for (const one of tests) expect(PolicyTestCase.safeParse(one).success).toBe(true)
})
