import type { ActionView } from '../../core/gate/views.ts'
import { type Block, section } from './blocks.ts'
import { differenceLines } from './differences.ts'
import { lastDecision } from './action-words.ts'
import { fence } from './mrkdwn.ts'

/** A new version shows what it changed against the one before; an edit that is waiting, who edited. */
export function whatChangedBlocks(action: ActionView): Block[] {
  const edit = lastDecision(action, 'edit')
  if (edit !== null && edit.changes.length > 0) {
    return [section(`:pencil2:  *Edited by ${fence(edit.by.name)}*\n${differenceLines(edit.changes)}`)]
  }
  if (action.supersedes === null) return []
  if (action.changes.length === 0) return [section(':sparkles:  *A new version*, with the same content as before.')]
  return [section(`:sparkles:  *A new version. This changed:*\n${differenceLines(action.changes)}`)]
}
