import { unreachable } from '../domain/result.ts'

/** Why a command did not do what was asked. */
export type Failure =
  | { readonly kind: 'no_gate'; readonly url: string }
  | { readonly kind: 'no_token'; readonly path: string }
  | { readonly kind: 'refused'; readonly title: string; readonly detail: string; readonly requestId: string | null }
  | { readonly kind: 'unexpected_answer'; readonly url: string; readonly status: number }
  | { readonly kind: 'usage'; readonly says: string }
  | { readonly kind: 'failed'; readonly says: string }
  | { readonly kind: 'cannot_check'; readonly says: string }

/** 0: done. 1: refused or failed. 2: used wrongly. 3: no gate answers. */
export const EXIT = { done: 0, failed: 1, usage: 2, noGate: 3 } as const

export function exitCodeOf(failure: Failure): number {
  switch (failure.kind) {
    case 'no_gate':
      return EXIT.noGate
    case 'no_token':
    case 'usage':
    case 'cannot_check':
      return EXIT.usage
    case 'refused':
    case 'unexpected_answer':
    case 'failed':
      return EXIT.failed
    default:
      return unreachable(failure)
  }
}

export function failureWords(failure: Failure): string {
  switch (failure.kind) {
    case 'no_gate':
      return `No gate answers at ${failure.url}. Start it with npm start, or name another with --url or TENURE_URL.`
    case 'no_token':
      return `No token: give --token or TENURE_ADMIN_TOKEN. (There is none in ${failure.path} either; the gate writes it there when it first starts.)`
    case 'refused': {
      const id = failure.requestId === null ? '' : `\nRequest: ${failure.requestId}`
      return `${failure.title}. ${failure.detail}${id}`
    }
    case 'unexpected_answer':
      return `What answers at ${failure.url} is not a gate of this version (status ${failure.status}).`
    case 'usage':
    case 'failed':
    case 'cannot_check':
      return failure.says
    default:
      return unreachable(failure)
  }
}
