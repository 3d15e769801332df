import { describe, expect, it } from 'vitest'
import { err, ok } from '../../core/domain/result.ts'
import { extendPolicy } from '../../core/rules/extend-policy.ts'
import { readPolicyFile } from '../../core/rules/policy-file.ts'

const PACK = {
  amount: { ask_above: 5_000, cap: 50_000 },
  blocked_words: ['guaranteed'],
  scopes: [{ when: { category: ['crm_update' as const] }, amount: { cap: 1_000 } }],
}
const findPack = (name: string) => (name === 'cautious-start' ? ok(PACK) : err(['cautious-start']))

describe('a file that extends a pack', () => {
  it('replaces whole keys and leaves the others', () => {
    expect(extendPolicy(PACK, { amount: { cap: 10 } })).toEqual({ ...PACK, amount: { cap: 10 } })
  })

  it('puts its scopes after those of the pack', () => {
    const own = { when: { channel: ['email'] }, amount: { cap: 5 } }
    expect(extendPolicy(PACK, { scopes: [own] })).toEqual({ ...PACK, scopes: [...PACK.scopes, own] })
    expect(extendPolicy({ amount: {} }, { scopes: [own] })).toEqual({ amount: {}, scopes: [own] })
  })

  it('is told of scopes that are no list', () => {
    expect(extendPolicy(PACK, { scopes: 'none' })).toMatchObject({ scopes: 'none' })
    expect(readPolicyFile('extends: cautious-start\nscopes: none', findPack)).toMatchObject({ ok: false })
    expect(readPolicyFile('extends: careful', findPack)).toMatchObject({
      error: [{ path: 'extends', line: 1, says: 'There is no pack of that name; there are cautious-start.' }],
    })
  })

  it('does not lose a rule to a key that was left empty', () => {
    const read = readPolicyFile('extends: cautious-start\nblocked_words:\n', findPack)
    expect(read).toMatchObject({ ok: false, error: [{ path: 'blocked_words', line: 2 }] })
  })

  it('is read as a whole policy', () => {
    const read = readPolicyFile('extends: cautious-start\nblocked_words: [free]\n', findPack)
    expect(read).toMatchObject({ ok: true, value: { document: { ...PACK, blocked_words: ['free'] }, tests: [] } })
  })

  it('replaces section by section what the pack says of the same place', () => {
    const own = { when: { category: 'crm_update' }, blocked_words: ['free'] }
    expect(extendPolicy(PACK, { scopes: [own] })).toEqual({
      ...PACK,
      scopes: [{ when: { category: 'crm_update' }, amount: { cap: 1_000 }, blocked_words: ['free'] }],
    })
    const lower = { when: { category: ['crm_update'] }, amount: { cap: 5 } }
    expect(extendPolicy(PACK, { scopes: [lower] })).toEqual({ ...PACK, scopes: [lower] })
  })

  it('is refused with the same place twice', () => {
    const twice = 'scopes:\n  - when: {channel: email}\n    amount: {cap: 5}\n  - when: {channel: [email]}\n'
    for (const text of [twice, `extends: cautious-start\n${twice}`])
      expect(readPolicyFile(text, findPack)).toMatchObject({
        ok: false,
        error: [{ says: 'is the same as that of another scope; put what both say into one' }],
      })
    expect(readPolicyFile(twice, findPack)).toMatchObject({ error: [{ path: 'scopes.1.when', line: 4 }] })
  })
})
