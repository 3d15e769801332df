import type { State } from '../../domain/action-states.ts'

const NEXT: Readonly<Record<State, string | null>> = {
  proposed: 'Being checked. Do not resend; ask {self} or wait for the webhook.',
  awaiting_approval: 'Waiting for a person. Do not resend; ask {self} or wait for the webhook.',
  changes_requested:
    'A person asked for changes: see decisions. Propose the new version with "supersedes" set to this id.',
  scheduled: 'Decided, and goes out at its time. Do not resend.',
  held: 'Goes out when its undo window is over, unless a person takes it back. Do not resend.',
  ready: 'Going out now. Do not resend; ask {self} or wait for the webhook.',
  executing: 'Going out now. Do not resend; ask {self} or wait for the webhook.',
  unknown: 'The answer of the platform was lost; the gate is finding out what happened. Do not resend.',
  undoing: 'Being taken back. Do not resend.',
  rejected: 'Rejected by a person: see decisions. Do not resend this.',
  blocked: 'Blocked by a guardrail: see verdict. Do not resend this unchanged.',
  failed: 'Nothing happened on the platform: see note.',
  expired: 'Nobody decided in time; nothing happened. Propose it anew if it is still wanted.',
  observed: null,
  superseded: null,
  cancelled: null,
  executed: null,
  undone: null,
  settled: null,
}

/** What the proposer does now, in words that a model obeys; null: nothing. */
export function nextStep(state: State, path: string): string | null {
  return NEXT[state]?.replace('{self}', `GET ${path}`) ?? null
}
