import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { agentNames } from '../read-trust.ts'
import { nothingThere, reclaimedMessage } from '../views/reclaimed.ts'
import { refusalMessage } from '../views/refusals.ts'
import { ShownNoticeSchema, type ShownTrust } from '../views/trust-block-id.ts'
import { onPressOf, type Press } from './press.ts'
import { redrawTrust } from './redraw-trust.ts'

/** *Take it back*: at once, and nobody asks why. Tells the presser what asks again and how to hand it back. */
export function listenLevelReclaim(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'level_reclaim', ShownNoticeSchema, reclaim)
}

async function reclaim(press: Press<ShownTrust<'ntc'>>): Promise<void> {
  const { deps, actor, shown, ctx } = press
  const notice = await deps.gate.getNotice(actor, shown.subject)
  if (!notice.ok) {
    await press.tell(refusalMessage(notice.error, ctx))
    return
  }
  const { key } = notice.value.body
  if (key === undefined) return
  const { scope: what, scenario, agentId } = key
  const taken = await deps.gate.reclaimLevel(actor, { what, scenario, agentId }, null)
  if (taken.ok) await press.tell(reclaimedMessage(taken.value, await agentNames(deps.gate, actor)))
  else if (taken.error.kind === 'not_found') await press.tell(nothingThere(what, 'reclaim'))
  else await press.tell(refusalMessage(taken.error, ctx))
  if (taken.ok || taken.error.kind !== 'not_permitted') await redrawTrust(press)
}
