import { err, ok, type Result } from '../domain/result.ts'
import type { Failure } from './failure.ts'
import { createGateClient, type GateClient } from './gate-client.ts'
import type { ProgramDeps } from './program-deps.ts'

const DEFAULT_URL = 'http://127.0.0.1:8787'

export type Where = { readonly url?: string | undefined; readonly token?: string | undefined }

/** Which gate and with whose token: the options, then the environment, then the data folder of a gate on this machine. */
export async function connect(deps: ProgramDeps, { url, token }: Where): Promise<Result<GateClient, Failure>> {
  const given = url ?? (deps.env.TENURE_URL || DEFAULT_URL)
  const address = URL.parse(given)
  if (address === null || !/^https?:$/.test(address.protocol)) {
    return err({ kind: 'usage', says: `"${given}" is not an http address.` })
  }
  const path = `${deps.env.TENURE_DATA_DIR || '.tenure'}/owner-token`
  const bearer = token ?? (deps.env.TENURE_ADMIN_TOKEN || (await deps.readFile(path))?.trim())
  if (bearer === undefined || bearer === '') return err({ kind: 'no_token', path })
  return ok(createGateClient({ fetch: deps.fetch, url: given.replace(/\/+$/, ''), token: bearer }))
}
