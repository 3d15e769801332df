import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import type { Facts } from '../ports/kind.ts'
import type { Judge } from '../ports/judge.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Observed } from '../rules/guardrails/guardrail.ts'
import { isTooLongToJudge, toJudge } from '../rules/guardrails/judge.ts'
import { type Context, sha256 } from './dependencies.ts'
import { type Evaluated, evaluateAction } from './evaluate-action.ts'

/** What the judge is asked about one action: its texts and one brand voice. */
type Question = {
  readonly brand: string
  readonly timeoutMs: number
  readonly texts: readonly string[]
  readonly digest: string
}

/** What has to be asked about it; nothing where no rule wants it, nothing is there to read, or no judge is set up. */
export function questionsFor(
  { judge }: Pick<Context, 'judge'>,
  { looks, judged }: Pick<Evaluated, 'looks' | 'judged'>,
): readonly Question[] {
  if (!judge) return []
  const wanted = looks.filter((look) => look.look === 'judge')
  if (wanted.length === 0) return []
  const texts = toJudge(judged)
  if (texts.length === 0 || isTooLongToJudge(texts)) return []
  return wanted.map(({ brand, timeoutMs }) => ({ brand, timeoutMs, texts, digest: digestOf(judge, brand, texts) }))
}

const digestOf = ({ name }: Judge, brand: string, texts: readonly string[]): string =>
  sha256(JSON.stringify([name, brand, texts]))

/** What the judge said of it before; nobody is asked here, so that it may stand in a transaction. */
export async function knownJudgements(
  ctx: Pick<Context, 'judge'>,
  tx: Pick<Transaction, 'lookUps'>,
  evaluated: Pick<Evaluated, 'looks' | 'judged'>,
): Promise<NonNullable<Observed['judge']>> {
  const byBrand = new Map<string, { readonly fits: boolean; readonly says: string }>()
  for (const { brand, digest } of questionsFor(ctx, evaluated)) {
    const known = await tx.lookUps.judgementOf(digest)
    if (known) byBrand.set(brand, known)
  }
  return { isSetUp: ctx.judge !== undefined, byBrand }
}

/**
 * Asks the judge what it was not asked yet about an action, outside of any transaction, and keeps what it says. `facts`:
 * what was just read on the platform, where that is not what its payload has. False: it did not answer; until it does,
 * its rule fails closed.
 */
export async function askJudge(
  ctx: Context,
  workspaceId: WorkspaceId,
  id: ActionId,
  facts?: Facts | null,
): Promise<boolean> {
  const { judge } = ctx
  if (!judge) return true
  const questions = await ctx.store.read(workspaceId, async (tx) => {
    const stored = await tx.loadAction(id)
    const kind = stored && ctx.kinds.get(stored.action.kind)
    if (!stored || !kind) return []
    const { action, payload } = stored
    const proposed = { kind, action, input: payload.input, facts: facts ?? payload.facts }
    const evaluated = evaluateAction(ctx, await tx.snapshot(), proposed, tx.now)
    const open: Question[] = []
    for (const question of questionsFor(ctx, evaluated))
      if ((await tx.lookUps.judgementOf(question.digest)) === null) open.push(question)
    return open
  })
  const answered = await Promise.all(questions.map((question) => ask(ctx, judge, workspaceId, question)))
  return answered.every(Boolean)
}

async function ask(
  ctx: Context,
  judge: Judge,
  workspaceId: WorkspaceId,
  { brand, timeoutMs, texts, digest }: Question,
): Promise<boolean> {
  const said = await judge.judge(texts, brand, AbortSignal.timeout(timeoutMs))
  if (!said.ok) return false
  await ctx.store.transact<void, never>(workspaceId, async (tx) => {
    await tx.lookUps.keepJudgement(digest, said.value)
    return ok(undefined)
  })
  return true
}
