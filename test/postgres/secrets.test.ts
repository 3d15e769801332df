import { describe, expect, it, test } from 'vitest'
import { createSecrets } from '../../core/postgres/secrets.ts'

const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const TEXT = '{"apiKey":"ключ 🔑"}'

describe('secrets', () => {
  it('come back as they were, and never look the same twice', () => {
    const secrets = createSecrets([key(1)])
    const sealed = [secrets.seal(TEXT, 'con_1'), secrets.seal(TEXT, 'con_1')]
    expect(sealed.map((one) => secrets.open(one, 'con_1'))).toEqual([TEXT, TEXT])
    expect(sealed[0]).not.toBe(sealed[1])
    expect(sealed[0]).not.toContain('apiKey')
    expect(secrets.open(secrets.seal('', 'con_1'), 'con_1')).toBe('')
  })

  it('do not open for another row or with another key', () => {
    const sealed = createSecrets([key(1)]).seal(TEXT, 'con_1')
    expect(createSecrets([key(1)]).open(sealed, 'con_2')).toBeNull()
    expect(createSecrets([key(2)]).open(sealed, 'con_1')).toBeNull()
  })

  it('rotate: the first key seals, the former ones still open', () => {
    const before = createSecrets([key(1)])
    const after = createSecrets([key(2), key(1)])
    expect(after.open(before.seal(TEXT, 'c'), 'c')).toBe(TEXT)
    expect(before.open(after.seal(TEXT, 'c'), 'c')).toBeNull()
    expect(createSecrets([key(2)]).open(after.seal(TEXT, 'c'), 'c')).toBe(TEXT)
    expect(after.seal(TEXT, 'c').split('.')[0]).not.toBe(before.seal(TEXT, 'c').split('.')[0])
  })

  it('that were changed in any byte do not open', () => {
    const secrets = createSecrets([key(1)])
    const parts = secrets.seal(TEXT, 'c').split('.')
    for (let part = 1; part < parts.length; part += 1) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url')
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ 1
        expect(secrets.open(parts.with(part, changed.toString('base64url')).join('.'), 'c')).toBeNull()
      }
    }
  })

  test.each(['', '.', '...', 'x.y.z', 'not sealed at all'])('%j is no sealed text', (text) => {
    expect(createSecrets([key(1)]).open(text, 'c')).toBeNull()
  })

  it('a shortened tag does not open', () => {
    const secrets = createSecrets([key(1)])
    const [id, nonce, tag, body] = secrets.seal(TEXT, 'c').split('.')
    const short = Buffer.from(tag ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url')
    expect(secrets.open([id, nonce, short, body].join('.'), 'c')).toBeNull()
  })

  it('digest a text alike for one key and context, and otherwise not', () => {
    const of = (fill: number, context: string, text: string) => createSecrets([key(fill)]).digester(context)(text)
    expect(of(1, 'c', 'a@example.com')).toEqual(of(1, 'c', 'a@example.com'))
    const others = [of(2, 'c', 'a@example.com'), of(1, 'd', 'a@example.com'), of(1, 'c', 'b@example.com')].flat()
    expect(new Set([...of(1, 'c', 'a@example.com'), ...others]).size).toBe(4)
    expect(others.every((digest) => /^[\w-]{43}$/.test(digest))).toBe(true)
  })

  it('digest under the former keys too, the current one first', () => {
    const [before] = createSecrets([key(1)]).digester('c')('a@example.com')
    const after = createSecrets([key(2), key(1)]).digester('c')('a@example.com')
    expect(after).toHaveLength(2)
    expect(after[1]).toBe(before)
    expect(after[0]).not.toBe(before)
  })

  test.each([[[]], [[new Uint8Array(16)]], [[key(1), new Uint8Array(31)]]])(
    'keys of another length are a mistake',
    (keys) => {
      expect(() => createSecrets(keys)).toThrow('32 bytes')
    },
  )
})
