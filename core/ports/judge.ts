import type { Result } from '../domain/result.ts'

/** Whether a text fits, and why in a sentence; what it says may be empty, and is whatever a model wrote. */
export type Judgement = { readonly fits: boolean; readonly says: string }

/** `too_slow`: no answer before the signal; `refused`: a status that is no answer; `unreadable`: no verdict that we know. */
export type JudgeFailure = {
  readonly kind: 'unreachable' | 'too_slow' | 'refused' | 'too_large' | 'unreadable'
  readonly status?: number
}

/** A model that reads texts. Nothing that it says ever lets anything pass that another rule asks for or blocks. */
export type Judge = {
  /** What answers: another name, another judge. Part of the key under which answers are kept. */
  readonly name: string
  judge(texts: readonly string[], brand: string, signal: AbortSignal): Promise<Result<Judgement, JudgeFailure>>
}
