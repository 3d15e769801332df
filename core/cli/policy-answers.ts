import { z } from 'zod'
import { err, ok, type Result } from '../domain/result.ts'
import type { Failure } from './failure.ts'
import type { GateClient } from './gate-client.ts'
import type { ProgramDeps } from './program-deps.ts'
import { plain, table } from './shown.ts'

export const Version = z.looseObject({
  version: z.int(),
  by: z.string(),
  note: z.string().nullable(),
  at: z.string(),
  in_force: z.boolean(),
  waits: z.boolean(),
  confirmed_by: z.array(z.string()),
})

const Warnings = z.array(z.string()).default([])

/** A version that was just written. */
export const SetVersion = Version.extend({ warnings: Warnings })

const Check = z.looseObject({
  hash: z.string(),
  differences: z.array(z.object({ path: z.string(), was: z.string().nullable(), is: z.string().nullable() })),
  needs_owner: z.array(z.string()),
  warnings: Warnings,
  tests: z.array(z.object({ name: z.string(), passed: z.boolean(), says: z.string() })),
})
export type Check = z.infer<typeof Check>

/** The text of a policy file, or that there is none. */
export async function readSource(deps: Pick<ProgramDeps, 'readFile'>, path: string): Promise<Result<string, Failure>> {
  const source = await deps.readFile(path)
  return source === null ? err({ kind: 'usage', says: `There is no file ${path}.` }) : ok(source)
}

/** What the gate says of a policy file: its problems are refusals that name their lines. */
export async function checkSource(
  deps: Pick<ProgramDeps, 'readFile'>,
  gate: GateClient,
  path: string,
): Promise<Result<Check, Failure>> {
  const source = await readSource(deps, path)
  if (!source.ok) return source
  return await gate.call({ method: 'POST', path: '/v1/policies/check', body: { source: source.value }, answer: Check })
}

export const differencesTable = ({ differences }: Check): string =>
  differences.length === 0
    ? 'It says what is in force.'
    : table(
        ['WHERE', 'WAS', 'IS'],
        differences.map(({ path, was, is }) => [path, was ?? 'not set', is ?? 'not set']),
      )

/** A line for each. */
export const warningLines = ({ warnings }: { readonly warnings: readonly string[] }): readonly string[] =>
  warnings.map((says) => `Warning: ${plain(says)}`)

/** "Version 7 is in force." */
export function versionWords({ version, in_force: inForce, waits }: z.infer<typeof Version>): string {
  if (inForce) return `Version ${version} is in force.`
  return waits
    ? `Version ${version} waits for a second person: tenure policy confirm ${version}.`
    : `Version ${version} is on trial where you said; elsewhere nothing changed.`
}
