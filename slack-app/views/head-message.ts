import type { LedgerHead } from '../../core/gate/read-ledger.ts'
import { context, type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'

/** The head in words short enough to be copied into `tenure ledger verify --head`. */
export function headMessage({ batch, head, at }: LedgerHead): Message {
  const text = `Ledger: batch ${batch} of ${at.slice(0, 10)}`
  return fitMessage({
    text,
    blocks: [section(`${text}\n\`${head}\``), context('Kept here, so that a rewritten past can be found out')],
  })
}
