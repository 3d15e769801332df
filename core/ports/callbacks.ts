import type { Result } from '../domain/result.ts'

/** Why a callback was not taken. `forbidden`: an address inside a private network; it is never tried again. */
export type CallbackFailure =
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'status'; readonly status: number }

/** Posts to an address that an agent named: public ones only, checked on the resolved address, redirects not followed. */
export type Callbacks = {
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Result<void, CallbackFailure>>
}
