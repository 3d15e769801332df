import type { Installed } from '../rules/policy-warnings.ts'
import type { Context } from './dependencies.ts'
import { standpointOf } from './policy-at.ts'

/** What this installation has of what a policy speaks of: a judge, and a place for each kind that earns levels. */
export const installed = ({ kinds, judge }: Pick<Context, 'kinds' | 'judge'>): Installed => ({
  hasJudge: judge !== undefined,
  places: kinds.all
    .filter(({ effect }) => effect.preparing !== true)
    .map((kind) => {
      const at = standpointOf({ kind, action: { category: kind.category, agentId: null }, facts: null })
      return { ...at, preparing: false, hasCampaigns: kind.campaign !== undefined }
    }),
})
