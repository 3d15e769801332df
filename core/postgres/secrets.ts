import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { Secrets } from '../ports/secrets.ts'

const NONCE_BYTES = 12

/**
 * AES-256-GCM. The sealed text is `keyId.nonce.tag.cipher`; the key id (8 hex digits of the key's digest) tells which
 * key it was, so that rotation can find what is left. `keys`: the first seals, all of them open; 32 bytes each.
 */
export function createSecrets(keys: readonly Uint8Array[]): Secrets {
  const byId = new Map(keys.map((key) => [keyId(key), key]))
  const current = keys[0]
  if (!current || keys.some((key) => key.length !== 32)) throw new Error('A secret key has 32 bytes')
  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', current, nonce).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [keyId(current), ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
        '.',
      )
    },
    derive: (context) => createHmac('sha256', current).update(context).digest('base64'),
    digester(context) {
      const derived = (key: Uint8Array) => createHmac('sha256', key).update(`digest:${context}`).digest()
      const [first, ...former] = [derived(current), ...keys.slice(1).map(derived)]
      const digest = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest('base64url')
      return (text) => [digest(first, text), ...former.map((key) => digest(key, text))]
    },
    open(sealed, context) {
      const [id = '', ...parts] = sealed.split('.')
      const key = byId.get(id)
      const [nonce, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'))
      if (!key || !nonce || tag?.length !== 16 || !body) return null
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

const keyId = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 8)
