import { type Agreement, agreementOf } from '../domain/trust/agreement.ts'
import { canonicalJson } from '../domain/canonical.ts'
import type { Input } from '../ports/kind.ts'
import type { ObservedAction } from '../ports/trust-evidence.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context } from './dependencies.ts'
import { inputEdit } from './input-edit.ts'

/** What an agent would have done in a scope under observation beside what people did through the gate meanwhile. */
export async function observedAgreement(
  ctx: Pick<Context, 'kinds'>,
  tx: Transaction,
  scope: string,
  since: Date,
): Promise<Agreement> {
  const { proposals, done } = await tx.evidence.observed(scope, since)
  return agreementOf(proposals.map(observable), done.map(observable), (proposed, person) => {
    const fields = ctx.kinds.get(proposed.kindId)?.fields ?? []
    return inputEdit(fields, proposed.input, person.input).distance
  })
}

/** In words for a marketer. */
export const agreementWords = ({ proposals, done, same, close, different }: Agreement): string =>
  proposals === 0
    ? 'The agent has proposed nothing yet.'
    : `Of ${proposals} that the agent would have done, people did ${same} the same and ${close} nearly the same; ${different} they did otherwise, and ${proposals - same - close - different} not at all. They did ${done} in all.`

const observable = (action: ObservedAction) => ({
  ...action,
  target: targetOf(action.input),
  atMs: action.at.getTime(),
})

/** What it is about: the ids that its input names, in the order of their names. */
const targetOf = (input: Input): string =>
  Object.keys(input)
    .filter((name) => name.endsWith('Id'))
    .toSorted()
    .map((name) => canonicalJson(input[name] ?? null))
    .join(' ')
