/** What trust is kept for. Workspaces may add their own; these are known from the start. */
export const CATEGORIES = [
  'blog_post',
  'social_post',
  'review_reply',
  'email_campaign',
  'ad_budget',
  'ad_creative',
  'seo_fix',
  'website_copy',
  'website_design',
  'knowledge_base',
  'crm_update',
  'audience',
  'booking',
  'visitor_engagement',
  'voice_upsell',
] as const

export type Category = (typeof CATEGORIES)[number]

export const CHANNELS = ['crm', 'email', 'social', 'ads', 'site'] as const
export type Channel = (typeof CHANNELS)[number]

const WORDS: Readonly<Record<Category, string>> = {
  blog_post: 'blog posts',
  social_post: 'social posts',
  review_reply: 'review replies',
  email_campaign: 'email campaigns',
  ad_budget: 'ad budgets',
  ad_creative: 'ad creatives',
  seo_fix: 'SEO fixes',
  website_copy: 'website copy',
  website_design: 'website design',
  knowledge_base: 'knowledge base',
  crm_update: 'CRM updates',
  audience: 'audience changes',
  booking: 'bookings',
  visitor_engagement: 'visitor engagement',
  voice_upsell: 'voice upsells',
}

const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  crm: 'the CRM',
  email: 'email',
  social: 'social media',
  ads: 'ads',
  site: 'the website',
}

/** The channel in a marketer's words. */
export const channelWords = (channel: Channel): string => CHANNEL_WORDS[channel]

/** The category in a marketer's words, lower case, plural. */
export const categoryWords = (category: Category): string => WORDS[category]
