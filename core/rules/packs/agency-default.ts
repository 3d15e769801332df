import { INSTALLED_PLATFORMS, type Pack } from './pack.ts'

const send = { kind: 'mailchimp.campaign.send', people: 900, list_size: 20_000, texts: 'News from the studio' }
const note = { kind: 'hubspot.note.create', texts: 'Prefers mornings' }

/** What every client of an agency starts from: the client's own policy extends it. */
export const agencyDefault = {
  name: 'agency-default',
  says: 'For agencies: what holds for every client, until the client’s own policy says more.',
  policy: {
    // Money, design and audiences are the client's; what repeats may be earned up to the end.
    levels: { ad_budget: 3, audience: 3, website_design: 2, booking: 3, voice_upsell: 3 },
    policy_changes: { second_person: true },
    approvals: {
      // Who wrote it for the client does not approve it for the client.
      four_eyes: true,
      people_needed: [
        { amount_above: 50_000, people: 2 },
        { people_above: 10_000, people: 2 },
      ],
      escalation: [
        { after_hours: 8, to: 'admin' },
        { after_hours: 24, to: 'owner' },
      ],
      sla_hours: 24,
    },
    kinds: INSTALLED_PLATFORMS,
    amount: { ask_above: 5_000, cap: 100_000 },
    budget: {
      day: { ask_above: 20_000, cap: 40_000 },
      month: { ask_above: 300_000, cap: 500_000 },
      each_agent: { day: { ask_above: 10_000, cap: 20_000 } },
      change_percent: { ask_above: 20, cap: 50 },
    },
    exposure: { people: { ask_above: 5_000, cap: 50_000 } },
    recipients: { most: { messages: 3, days: 7 } },
    quiet_hours: { from: '21:00', to: '08:00' },
    // The team of the account is there when it goes out.
    send_windows: {
      windows: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '08:00', to: '19:00' }],
    },
    rates: [
      { most: 60, per: 'day', of: 'agent' },
      { most: 30, per: 'hour', of: 'workspace' },
    ],
    duplicates: { days: 30 },
    new_audience: {},
    confidence: { ask_below: 0.7 },
    benchmarks: [
      { category: 'email_campaign', metric: 'open_rate', floor: 0.15 },
      { category: 'email_campaign', metric: 'unsubscribe_rate', ceiling: 0.005 },
    ],
    missed_benchmarks: {},
    personal_data: {},
    profanity: {},
    tone: { max_exclamation_marks: 2, max_capitals_percent: 25, max_emoji: 4 },
    reading_level: { max_grade: 12, max_lix: 55, outcome: 'warn' },
    link_domains: { shorteners: 'ask', without_tls: 'ask' },
    // What never happens in a client's name: placeholders, notes to oneself, and promises that nobody checked.
    wording: { forbidden: ['lorem ipsum', 'TODO', 'insert name here', 'client name', 'as an AI'] },
    claims: [{ says: ['guaranteed results', 'number one', 'market leader', 'award-winning'], outcome: 'ask' }],
    patterns: [
      {
        name: 'placeholders',
        pattern: '\\[[A-Z][A-Za-z ]{2,30}\\]',
        outcome: 'block',
        says: 'a placeholder was left in',
      },
    ],
    topics: [
      { name: 'politics', words: ['election', 'political party', 'politician'] },
      { name: 'another client', words: ['our client', 'on behalf of', 'case study'] },
      { name: 'legal disputes', words: ['lawsuit', 'sue', 'lawyer', 'settlement'] },
    ],
    scopes: [
      {
        name: 'email to the list',
        when: { category: 'email_campaign' },
        exposure: { people: { ask_above: 5_000 }, list_share: { ask_above: 0.25 } },
      },
      {
        name: 'what the public reads',
        when: { channel: ['social', 'site'] },
        confidence: { ask_below: 0.8 },
        rates: [{ most: 10, per: 'day', of: 'channel' }],
      },
    ],
  },
  tests: [
    { name: 'A newsletter on a working day passes', action: send, expect: 'pass' },
    {
      name: 'A placeholder never goes out',
      action: { ...send, texts: 'Dear [First Name], welcome' },
      expect: 'block',
      because: 'patterns',
    },
    {
      name: 'Filler text never goes out',
      action: { ...send, texts: 'Lorem ipsum dolor' },
      expect: 'block',
      because: 'wording',
    },
    {
      name: 'Awards are checked',
      action: { ...send, texts: 'The award-winning studio' },
      expect: 'ask',
      because: 'claims',
    },
    {
      name: 'Another client is not named in passing',
      action: { ...send, texts: 'Like our client next door' },
      expect: 'ask',
      because: 'topics',
    },
    {
      name: 'Weekends are the team’s own',
      action: { ...send, at: '2026-03-07 10:00' },
      expect: 'ask',
      because: 'send_windows',
    },
    {
      name: 'A third of the list is asked about',
      action: { ...send, people: 4_999, list_size: 15_000 },
      expect: 'ask',
      because: 'exposure.list_share',
    },
    { name: 'A note passes', action: note, expect: 'pass' },
    {
      name: 'One agent does not spend it all',
      action: { ...note, amount: 1_000, used: 19_500 },
      expect: 'block',
      because: 'budget.day.cap',
    },
    {
      name: 'In public an agent has to be surer',
      action: { ...note, category: 'social_post', channel: 'social', confidence: 0.75 },
      expect: 'ask',
      because: 'confidence',
    },
    {
      name: 'What somebody rejected does not come back',
      action: { ...send, rejected_before: true },
      expect: 'block',
      because: 'rejected_before',
    },
  ],
} satisfies Pack
