/** What a stop covers. `all` is the whole installation, `workspace` everything of one business. */
export const SWITCH_TARGETS = ['all', 'workspace', 'agent', 'category', 'platform', 'kind'] as const
export type SwitchTarget =
  | { readonly kind: 'all' | 'workspace' }
  | { readonly kind: 'agent' | 'category' | 'platform' | 'kind'; readonly value: string }

export type SwitchSubject = {
  readonly agentId: string | null
  readonly category: string
  readonly platform: string
  readonly kind: string
}

/** Whether a stop with this target freezes that action. */
export function covers(target: SwitchTarget, subject: SwitchSubject): boolean {
  switch (target.kind) {
    case 'all':
    case 'workspace':
      return true
    case 'agent':
      return target.value === subject.agentId
    case 'category':
      return target.value === subject.category
    case 'platform':
      return target.value === subject.platform
    case 'kind':
      return target.value === subject.kind
  }
}
