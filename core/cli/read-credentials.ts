import { err, ok, type Result } from '../domain/result.ts'
import type { Failure } from './failure.ts'
import type { ProgramDeps } from './program-deps.ts'

export const CREDENTIALS_VARIABLE = 'TENURE_CREDENTIALS'

/** Credentials never come by argument: other users of the machine can read those. */
export async function readCredentials({
  env,
  stdin,
}: Pick<ProgramDeps, 'env' | 'stdin'>): Promise<Result<string, Failure>> {
  const credentials = (env[CREDENTIALS_VARIABLE] || (await stdin()) || '').trim()
  if (credentials !== '') return ok(credentials)
  return err({
    kind: 'usage',
    says: `No credentials: pipe them in, or put them in ${CREDENTIALS_VARIABLE}. They are never taken from the command line.`,
  })
}
