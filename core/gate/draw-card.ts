import type { ActionRow, Snapshot } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'

/** Asks for the card of an action, or of its plan, to be drawn; where no channel is connected nobody could see it. */
export async function drawCard(
  tx: Pick<Transaction, 'snapshot' | 'enqueue'>,
  action: Pick<ActionRow, 'id' | 'planId' | 'workspaceId'>,
  known?: Pick<Snapshot, 'workspace'>,
): Promise<void> {
  const { workspace } = known ?? (await tx.snapshot())
  if (workspace.approvalsChannel === '') return
  await tx.enqueue({ queue: 'card', workspaceId: action.workspaceId, subject: action.planId ?? action.id })
}
