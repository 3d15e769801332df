/** What always needs a person, as the design names it; `words` is what a sentence calls it. */
export const PERSON_CLASSES = {
  founder_stories: 'a founder story',
  new_product_details: 'new product details',
  strategic_pivots: 'a change of strategy',
  personal_outreach: 'personal outreach',
  partnership_talks: 'partnership talks',
  key_accounts: 'a key account',
  crisis: 'a crisis',
  breaking_news: 'breaking news',
  pricing_changes: 'a pricing change',
  legally_reviewed_content: 'legally reviewed content',
} as const

export type PersonClass = keyof typeof PERSON_CLASSES

export type ClassWords = { readonly says: readonly string[]; readonly but?: readonly string[] }
