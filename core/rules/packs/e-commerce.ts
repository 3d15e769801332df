import { INSTALLED_PLATFORMS, type Pack } from './pack.ts'

const send = {
  kind: 'mailchimp.campaign.send',
  people: 4_000,
  list_size: 60_000,
  texts: 'New in the shop: linen for spring',
}
const ads = { kind: 'hubspot.note.create', category: 'ad_budget' as const, channel: 'ads' as const }

/** A shop: many sends and much spend, most of it routine; discounts, budgets and the great days of the year are decided. */
export const eCommerce = {
  name: 'e-commerce',
  says: 'For a shop with frequent campaigns: routine runs, and discounts, budgets and peak days are decided by people.',
  policy: {
    // Offers, frequency and calls to action may go far; prices and the strategy stay with people.
    levels: { ad_budget: 3, website_design: 3, booking: 3 },
    kinds: INSTALLED_PLATFORMS,
    amount: { ask_above: 20_000, cap: 200_000 },
    budget: {
      day: { ask_above: 50_000, cap: 100_000 },
      week: { cap: 500_000 },
      month: { ask_above: 1_000_000, cap: 1_500_000 },
      campaign: { ask_above: 200_000, cap: 400_000 },
      each_channel: { day: { ask_above: 30_000 } },
      change_percent: { ask_above: 25, cap: 100 },
    },
    exposure: { people: { ask_above: 25_000, cap: 250_000 } },
    // Saturated audiences stop reading: four messages a week, on all channels together.
    recipients: { most: { messages: 4, days: 7 } },
    quiet_hours: { from: '22:00', to: '07:00' },
    rates: [
      { most: 200, per: 'day', of: 'agent' },
      { most: 20, per: 'hour', of: 'workspace' },
    ],
    duplicates: { days: 14 },
    new_audience: {},
    confidence: { ask_below: 0.5 },
    benchmarks: [
      { category: 'email_campaign', metric: 'open_rate', floor: 0.15, period: 'week' },
      { category: 'email_campaign', metric: 'unsubscribe_rate', ceiling: 0.005, period: 'week' },
      { category: 'ad_creative', metric: 'click_rate', floor: 0.008, period: 'week' },
      { category: 'ad_budget', metric: 'cost_per_order', ceiling: 25, period: 'week' },
    ],
    missed_benchmarks: {},
    personal_data: {},
    profanity: {},
    tone: { max_exclamation_marks: 3, max_capitals_percent: 35, max_emoji: 6, outcome: 'warn' },
    link_domains: { shorteners: 'ask', without_tls: 'block' },
    claims: [
      { says: ['cheapest', 'lowest price', 'best price'], outcome: 'ask' },
      { says: ['risk-free', 'guaranteed to work', 'miracle'] },
      { says: ['climate neutral', 'eco-friendly', 'sustainable'], outcome: 'ask' },
    ],
    topics: [
      { name: 'a recall', words: ['recall', 'safety notice', 'defective'], outcome: 'ask' },
      { name: 'politics', words: ['election', 'political party', 'politician'] },
    ],
    // Large discounts cost more than the mail that tells of them; a price belongs to the shop, not to a text.
    patterns: [
      {
        name: 'large discounts',
        pattern: '(3[1-9]|[4-9][0-9]|100) ?%',
        outcome: 'ask',
        says: 'discounts above 30 % are decided by a person',
      },
      {
        name: 'last chances',
        pattern: '(last chance|final hours|only today)',
        outcome: 'warn',
        says: 'pressure wears off',
      },
    ],
    conditions: [
      {
        name: 'The week of the great sale',
        if: 'reaches_people && people > 10000 && date >= "2026-11-23" && date <= "2026-11-30"',
        outcome: 'ask',
        says: 'It goes to more than 10,000 people in the week of the great sale; before or after it, it would pass.',
      },
    ],
    scopes: [
      {
        name: 'email to the list',
        when: { category: 'email_campaign' },
        exposure: { people: { ask_above: 25_000 }, list_share: { ask_above: 0.5 } },
        rates: [{ most: 10, per: 'week', of: 'category' }],
      },
      {
        name: 'ads',
        when: { channel: 'ads' },
        // Spend that stopped working is found by its cost, not by its age.
        budget: { day: { ask_above: 40_000, cap: 80_000 } },
      },
    ],
  },
  tests: [
    { name: 'A campaign to a part of the list passes', action: send, expect: 'pass' },
    {
      name: 'Everybody at once is asked about',
      action: { ...send, people: 40_000 },
      expect: 'ask',
      because: 'exposure',
    },
    { name: 'A fifth off passes', action: { ...send, texts: '20 % off linen' }, expect: 'pass' },
    {
      name: 'Half price is decided',
      action: { ...send, texts: '50 % off everything' },
      expect: 'ask',
      because: 'patterns',
    },
    {
      name: 'Pressure is remarked',
      action: { ...send, texts: 'Last chance for linen' },
      expect: 'warn',
      because: 'patterns',
    },
    {
      name: 'Being the cheapest is looked at',
      action: { ...send, texts: 'The lowest prices anywhere' },
      expect: 'ask',
      because: 'claims',
    },
    {
      name: 'Green claims are looked at',
      action: { ...send, texts: 'Sustainable linen' },
      expect: 'ask',
      because: 'claims',
    },
    { name: 'The eleventh mail of a week waits', action: { ...send, ran: 10 }, expect: 'ask', because: 'rates' },
    {
      name: 'The week of the great sale is decided',
      action: { ...send, people: 20_000, at: '2026-11-27 10:00' },
      expect: 'ask',
      because: 'conditions',
    },
    {
      name: 'A daily budget may grow a little',
      action: { ...ads, amount: 5_000, change: { before: 10_000, after: 12_000 } },
      expect: 'pass',
    },
    {
      name: 'A doubled budget is asked about',
      action: { ...ads, amount: 5_000, change: { before: 10_000, after: 20_000 } },
      expect: 'ask',
      because: 'budget.change',
    },
    {
      name: 'Ads have a cap of their own',
      action: { ...ads, amount: 5_000, used: 78_000 },
      expect: 'block',
      because: 'budget.day.cap',
    },
    {
      name: 'Orders that cost too much stop the next increase',
      action: { ...ads, amount: 1_000, missed: { metric: 'cost_per_order', observed: 31, ceiling: 25 } },
      expect: 'ask',
      because: 'missed_benchmarks',
    },
    { name: 'No swearing', action: { ...send, texts: 'This shit is linen' }, expect: 'block', because: 'profanity' },
  ],
} satisfies Pack
