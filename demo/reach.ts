import { Unmet } from './claim.ts'

/** Fetches from the gate or a stand-in; one that is gone ends the demo with a sentence. */
export async function reach(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw new Unmet(`${new URL(url).origin} no longer answers.`, { cause: error })
  }
}

/** A body for `reach`. */
export const postJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
