import { INSTALLED_PLATFORMS, type Pack } from './pack.ts'

const send = { kind: 'mailchimp.campaign.send', people: 80, list_size: 1_200 }

/** The first weeks: nothing runs further than act and notify, amounts are small, and what is new is asked about. */
export const cautiousStart = {
  name: 'cautious-start',
  says: 'For the first 60 days: small amounts, small audiences, and a person wherever something is new.',
  policy: {
    // Autonomy is granted on a track record: up to level 3 while it is made, and money and audiences stay with people.
    levels: {
      blog_post: 3,
      social_post: 3,
      review_reply: 3,
      email_campaign: 3,
      ad_creative: 3,
      seo_fix: 3,
      website_copy: 3,
      knowledge_base: 3,
      crm_update: 3,
      visitor_engagement: 3,
      ad_budget: 2,
      audience: 2,
      website_design: 2,
      booking: 2,
      voice_upsell: 2,
    },
    audits_per_week: 5,
    kinds: INSTALLED_PLATFORMS,
    // A person looks from 20 on; 100 at once is beyond any first campaign.
    amount: { ask_above: 2_000, cap: 10_000 },
    budget: {
      day: { ask_above: 5_000, cap: 10_000 },
      week: { ask_above: 20_000, cap: 30_000 },
      month: { cap: 100_000 },
      // No agent uses up what the others need.
      each_agent: { day: { cap: 7_500 } },
      // An ad budget moves by small steps, so that a mistake is small too.
      change_percent: { ask_above: 10, cap: 25 },
    },
    exposure: { people: { ask_above: 250, cap: 2_500 } },
    recipients: { consent: 'not_suppressed', most: { messages: 2, days: 7 } },
    quiet_hours: { from: '20:00', to: '08:00' },
    // Somebody is there to see what happens: working days, and not late on a Friday.
    send_windows: {
      windows: [
        { days: ['monday', 'tuesday', 'wednesday', 'thursday'], from: '08:00', to: '18:00' },
        { days: ['friday'], from: '08:00', to: '14:00' },
      ],
    },
    rates: [
      { most: 20, per: 'day', of: 'agent' },
      { most: 50, per: 'day', of: 'workspace' },
    ],
    duplicates: { days: 30 },
    // A new channel or audience has no performance baseline yet.
    new_audience: {},
    confidence: { ask_below: 0.8 },
    personal_data: {},
    profanity: {},
    tone: { max_exclamation_marks: 1, max_capitals_percent: 20, max_emoji: 2 },
    link_domains: { shorteners: 'ask', without_tls: 'ask' },
    topics: [
      { name: 'politics', words: ['election', 'political party', 'politician', 'referendum'] },
      { name: 'religion', words: ['religion', 'religious', 'prayer', 'church'], outcome: 'ask' },
      { name: 'health advice', words: ['diagnosis', 'medical advice', 'prescription'] },
    ],
    claims: [{ says: ['guaranteed results', 'risk-free', '100 % safe'] }],
    scopes: [
      {
        name: 'email to the list',
        when: { category: 'email_campaign' },
        // A tenth of the list first; the rest when that went well.
        exposure: { people: { ask_above: 250 }, list_share: { ask_above: 0.1, cap: 0.5 } },
        rates: [{ most: 3, per: 'week', of: 'category' }],
      },
    ],
  },
  tests: [
    { name: 'A small newsletter in the morning passes', action: { ...send, texts: 'Whitening week' }, expect: 'pass' },
    {
      name: 'Late on a Friday nobody is there',
      action: { ...send, at: '2026-03-06 16:00' },
      expect: 'ask',
      because: 'send_windows',
    },
    {
      name: 'In the evening people are left alone',
      action: { ...send, at: '2026-03-04 20:30' },
      expect: 'ask',
      because: 'quiet_hours',
    },
    {
      name: 'A fifth of the list is too much at once',
      action: { ...send, people: 240 },
      expect: 'ask',
      because: 'exposure.list_share',
    },
    {
      name: 'Most of the list never goes at once',
      action: { ...send, people: 700 },
      expect: 'block',
      because: 'exposure.list_share',
    },
    {
      name: 'A list of unknown size is asked about',
      action: { ...send, list_size: undefined },
      expect: 'ask',
      because: 'exposure.list_share',
    },
    { name: 'The fourth campaign of a week waits', action: { ...send, ran: 3 }, expect: 'ask', because: 'rates' },
    {
      name: 'The first mail to an audience is asked about',
      action: { ...send, new_audience: true },
      expect: 'ask',
      because: 'new_audience',
    },
    {
      name: 'An agent that is half sure asks',
      action: { ...send, confidence: 0.5 },
      expect: 'ask',
      because: 'confidence',
    },
    {
      name: 'Guarantees do not go out',
      action: { ...send, texts: 'Guaranteed results in two weeks' },
      expect: 'block',
      because: 'claims',
    },
    {
      name: 'Guarantees do not go out in disguise',
      action: { ...send, texts: 'Guar\u0430nteed\u200b results' },
      expect: 'block',
      because: 'claims',
    },
    { name: 'A CRM note passes', action: { kind: 'hubspot.note.create', texts: 'Prefers mornings' }, expect: 'pass' },
    {
      name: 'What costs 50 is asked about',
      action: { kind: 'hubspot.note.create', amount: 5_000 },
      expect: 'ask',
      because: 'amount',
    },
    {
      name: 'The day has its cap',
      action: { kind: 'hubspot.note.create', amount: 1_000, used: 9_500 },
      expect: 'block',
      because: 'budget.day.cap',
    },
    {
      name: 'A budget moves by small steps',
      action: { kind: 'hubspot.note.create', category: 'ad_budget', change: { before: 100, after: 150 } },
      expect: 'block',
      because: 'budget.change',
    },
  ],
} satisfies Pack
