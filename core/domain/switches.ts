/** What a stop covers. `all` is the whole installation, `workspace` everything of one business. */
export const SWITCH_TARGETS = ['all', 'workspace', 'agent', 'category', 'channel', 'platform', 'kind', 'topic'] as const
export type SwitchTarget =
  | { readonly kind: 'all' | 'workspace' }
  | { readonly kind: 'agent' | 'category' | 'channel' | 'platform' | 'kind' | 'topic'; readonly value: string }

export type SwitchSubject = {
  readonly agentId: string | null
  readonly category: string
  readonly channel: string
  readonly platform: string
  readonly kind: string
}

/** The same of what a label put into another category than its kind's own: a stop of either holds it. */
export const coversKind = (
  target: SwitchTarget,
  subject: SwitchSubject,
  { category }: { readonly category: string },
): boolean => covers(target, subject) || covers(target, { ...subject, category })

/** Whether a stop with this target freezes that action in place. A topic does not: what mentions it comes back to a person. */
export function covers(target: SwitchTarget, subject: SwitchSubject): boolean {
  switch (target.kind) {
    case 'all':
    case 'workspace':
      return true
    case 'agent':
      return target.value === subject.agentId
    case 'category':
      return target.value === subject.category
    case 'channel':
      return target.value === subject.channel
    case 'platform':
      return target.value === subject.platform
    case 'kind':
      return target.value === subject.kind
    case 'topic':
      return false
  }
}
