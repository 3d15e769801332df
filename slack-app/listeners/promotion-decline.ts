import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { ShownPromotionSchema } from '../views/trust-block-id.ts'
import { decidePromotion } from './decide-promotion.ts'
import { onPressOf } from './press.ts'

/** *Not yet*: nothing changes in service. */
export function listenPromotionDecline(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'promotion_decline', ShownPromotionSchema, (press) => decidePromotion(press, 'decline'))
}
