import type { Category } from '../domain/category.ts'
import type { Subject } from './guardrails/guardrail.ts'

/** Categories whose texts are written to be read; the others move settings, lists and money. */
const WRITTEN: ReadonlySet<Category> = new Set([
  'blog_post',
  'social_post',
  'review_reply',
  'email_campaign',
  'ad_creative',
  'website_copy',
  'knowledge_base',
  'visitor_engagement',
  'voice_upsell',
])

/** Whether what it says is written for readers outside, so that wording can be asked of it. */
export const isForReaders = ({ category, channel }: Pick<Subject, 'category' | 'channel'>): boolean =>
  channel !== 'crm' && WRITTEN.has(category)
