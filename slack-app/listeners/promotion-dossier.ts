import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { promotionDossier } from '../views/promotion-dossier.ts'
import { refusalMessage } from '../views/refusals.ts'
import { ShownPromotionSchema } from '../views/trust-block-id.ts'
import { onPressOf } from './press.ts'

/** *All numbers*: every condition with its sentence, for the one who asked. */
export function listenPromotionDossier(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'promotion_dossier', ShownPromotionSchema, async (press) => {
    const { actor, shown, ctx } = press
    const found = await deps.gate.getPromotion(actor, shown.subject)
    await press.tell(found.ok ? promotionDossier(found.value, ctx) : refusalMessage(found.error, ctx))
  })
}
