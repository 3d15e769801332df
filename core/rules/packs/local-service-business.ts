import { INSTALLED_PLATFORMS, type Pack } from './pack.ts'

const send = { kind: 'mailchimp.campaign.send', people: 400, list_size: 1_500, texts: 'Whitening week: book a visit' }
const review = { kind: 'hubspot.note.create', category: 'review_reply' as const, channel: 'social' as const }

/** A dental practice, a salon, a garage: a few thousand people who know the business, and reviews that everybody reads. */
export const localServiceBusiness = {
  name: 'local-service-business',
  says: 'For a practice, a salon or a trade with a few thousand regulars and reviews that everybody reads.',
  policy: {
    levels: { ad_budget: 3, website_design: 2, booking: 3 },
    kinds: INSTALLED_PLATFORMS,
    // An ordinary month of such a business: 50 a day for ads and mail, 600 in all.
    amount: { ask_above: 5_000, cap: 30_000 },
    budget: {
      day: { ask_above: 7_500, cap: 15_000 },
      month: { ask_above: 60_000, cap: 90_000 },
      change_percent: { ask_above: 20, cap: 50 },
    },
    exposure: { people: { ask_above: 1_500, cap: 5_000 } },
    // Neighbours, not a mass market: one mail a week is welcome, two are the most.
    recipients: { most: { messages: 2, days: 7 } },
    quiet_hours: { from: '20:00', to: '08:00' },
    send_windows: { windows: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] }] },
    rates: [
      { most: 40, per: 'day', of: 'agent' },
      { most: 5, per: 'hour', of: 'channel', outcome: 'warn' },
    ],
    duplicates: { days: 60 },
    new_audience: { outcome: 'ask' },
    confidence: { ask_below: 0.6 },
    // What good looks like: below a fifth opening it, or beyond 0.5 % leaving, somebody looks before the next one.
    benchmarks: [
      { category: 'email_campaign', metric: 'open_rate', floor: 0.2 },
      { category: 'email_campaign', metric: 'unsubscribe_rate', ceiling: 0.005 },
    ],
    missed_benchmarks: {},
    personal_data: {},
    profanity: {},
    tone: { max_exclamation_marks: 2, max_capitals_percent: 25, max_emoji: 3 },
    reading_level: { max_grade: 10, max_lix: 50, outcome: 'warn' },
    link_domains: { shorteners: 'ask', without_tls: 'ask' },
    wording: {
      forbidden: [
        { says: 'best dentist', instead: 'experienced dentist' },
        { says: 'pain-free', instead: 'gentle' },
        { says: 'cheapest', instead: 'fair price' },
      ],
      outcome: 'ask',
    },
    claims: [{ says: ['guaranteed results', 'guarantee a result', 'no side effects'] }],
    topics: [
      { name: 'politics', words: ['election', 'political party', 'politician'] },
      { name: 'competitors', words: ['competitor', 'other practices', 'better than the others'] },
    ],
    scopes: [
      {
        name: 'review replies',
        when: { category: 'review_reply' },
        // Nobody learns from a public reply that somebody was a customer, and nothing is admitted in haste.
        personal_data: { outcome: 'block' },
        topics: [
          { name: 'a dispute', words: ['refund', 'lawyer', 'sue', 'compensation', 'complaint'], outcome: 'ask' },
          { name: 'a treatment', words: ['diagnosis', 'your treatment', 'your appointment'], outcome: 'ask' },
        ],
        tone: { max_exclamation_marks: 1, max_emoji: 1 },
      },
    ],
  },
  tests: [
    { name: 'The monthly newsletter passes', action: send, expect: 'pass' },
    {
      name: 'Nobody is mailed on a Sunday',
      action: { ...send, at: '2026-03-08 10:00' },
      expect: 'ask',
      because: 'send_windows',
    },
    {
      name: 'Nobody is mailed at night',
      action: { ...send, at: '2026-03-04 22:40' },
      expect: 'ask',
      because: 'quiet_hours',
    },
    {
      name: 'Everybody at once is asked about',
      action: { ...send, people: 1_501 },
      expect: 'ask',
      because: 'exposure',
    },
    { name: 'A bought list is blocked', action: { ...send, people: 20_000 }, expect: 'block', because: 'exposure' },
    {
      name: 'Boasting is looked at',
      action: { ...send, texts: 'The best dentist in town' },
      expect: 'ask',
      because: 'wording',
    },
    {
      name: 'Guarantees are blocked',
      action: { ...send, texts: 'We guarantee a result' },
      expect: 'block',
      because: 'claims',
    },
    {
      name: 'The same mail twice is asked about',
      action: { ...send, sent_before: true },
      expect: 'ask',
      because: 'duplicates',
    },
    {
      name: 'Mails that nobody opens are looked at',
      action: { ...send, missed: { metric: 'open_rate', observed: 0.11, floor: 0.2 } },
      expect: 'ask',
      because: 'missed_benchmarks',
    },
    {
      name: 'Shouting is asked about',
      action: { ...send, texts: 'BOOK NOW AND SAVE A LOT OF MONEY!!!' },
      expect: 'ask',
      because: 'tone',
    },
    {
      name: 'Thanks for a review pass',
      action: { ...review, texts: 'Thank you for your kind words.' },
      expect: 'pass',
    },
    {
      name: 'A dispute goes to a person',
      action: { ...review, texts: 'About the refund: write to us.' },
      expect: 'ask',
      because: 'topics',
    },
    {
      name: 'No phone number in a public reply',
      action: { ...review, texts: 'We reached you at +1 303 555 0142.' },
      expect: 'block',
      because: 'personal_data',
    },
    {
      name: 'A day at its cap is over',
      action: { ...send, amount: 2_000, used: 14_000 },
      expect: 'block',
      because: 'budget.day.cap',
    },
  ],
} satisfies Pack
