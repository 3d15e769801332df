import { type MakeGuardrail, reason } from './guardrail.ts'

/** Through which channels anything may go out. */
export const allowedChannelsGuardrail: MakeGuardrail = ({ channels }) => {
  if (!channels) return null
  return (subject) => {
    if (channels.allow.includes(subject.channel)) return null
    const allowed = channels.allow.length === 0 ? 'none' : channels.allow.join(', ')
    return reason('channels.allow', 'block', `The channel ${subject.channel} is not allowed here; allowed: ${allowed}.`)
  }
}
