import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { ShownPromotionSchema } from '../views/trust-block-id.ts'
import { decidePromotion } from './decide-promotion.ts'
import { onPressOf } from './press.ts'

/** *Grant*: lets it run by itself from now on, if everything that is asked for still holds. */
export function listenPromotionGrant(app: App, deps: SlackDeps): void {
  onPressOf(app, deps, 'promotion_grant', ShownPromotionSchema, (press) => decidePromotion(press, 'grant'))
}
