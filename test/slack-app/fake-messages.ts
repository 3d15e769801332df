import type { MessageKey, Messages, SentMessage } from '../../core/ports/approvals.ts'

/** The port in memory, with the same promises: one claim, filled or released. */
export function fakeMessages(): Messages & { readonly sent: Map<string, SentMessage>; readonly claims: Set<string> } {
  const sent = new Map<string, SentMessage>()
  const claims = new Set<string>()
  const keys = new Map<string, MessageKey>()
  const name = (key: MessageKey): string => `${key.subject}/${key.slot}`
  return {
    sent,
    claims,
    claim(key) {
      const message = sent.get(name(key))
      if (message !== undefined) return Promise.resolve({ kind: 'sent', message })
      if (claims.has(name(key))) return Promise.resolve({ kind: 'busy' })
      claims.add(name(key))
      return Promise.resolve({ kind: 'claimed' })
    },
    filled(key, message) {
      claims.delete(name(key))
      sent.set(name(key), message)
      keys.set(`${message.channel}/${message.ts}`, key)
      return Promise.resolve()
    },
    released(key) {
      claims.delete(name(key))
      return Promise.resolve()
    },
    subjectOf: (_workspace, channel, ts) => Promise.resolve(keys.get(`${channel}/${ts}`) ?? null),
  }
}
