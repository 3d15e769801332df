import { INSTALLED_PLATFORMS, type Pack } from './pack.ts'

const send = { kind: 'mailchimp.campaign.send', people: 300, list_size: 4_000, segment: 'Newsletter' }
const DISCLAIMER = 'This is general information and does not replace medical advice.'
const text = `Our opening hours in spring. ${DISCLAIMER}`

/** Practices, clinics and pharmacies: consent before anything, no promises, and a second pair of eyes. */
export const regulatedHealth = {
  name: 'regulated-health',
  says: 'For practices, clinics and pharmacies: consent first, no promises, and a second pair of eyes.',
  policy: {
    // Clinical words never run by themselves, at any score.
    levels: {
      email_campaign: 3,
      social_post: 3,
      blog_post: 3,
      knowledge_base: 2,
      website_copy: 2,
      website_design: 2,
      audience: 2,
      ad_creative: 2,
      ad_budget: 2,
      review_reply: 2,
      voice_upsell: 2,
      visitor_engagement: 2,
    },
    audits_per_week: 10,
    policy_changes: { second_person: true },
    approvals: { four_eyes: true, people_needed: [{ people_above: 1_000, people: 2 }], sla_hours: 24 },
    kinds: INSTALLED_PLATFORMS,
    amount: { ask_above: 2_500, cap: 25_000 },
    budget: {
      day: { ask_above: 10_000, cap: 20_000 },
      month: { cap: 150_000 },
      change_percent: { ask_above: 10, cap: 25 },
    },
    exposure: { people: { ask_above: 1_000, cap: 10_000 } },
    // Only who agreed, and seldom.
    recipients: { consent: 'required', most: { messages: 2, days: 14 } },
    quiet_hours: { from: '19:00', to: '08:00', outcome: 'block' },
    send_windows: {
      windows: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '08:00', to: '18:00' }],
    },
    rates: [{ most: 10, per: 'day', of: 'agent' }],
    duplicates: { days: 90 },
    new_audience: {},
    confidence: { ask_below: 0.85, required: true },
    // Nothing about a person, in notes of the CRM as well as in what many people read.
    personal_data: { channels: ['crm', 'email', 'social', 'ads', 'site'] },
    profanity: {},
    tone: { max_exclamation_marks: 0, max_capitals_percent: 15, max_emoji: 0 },
    // Written so that everybody understands it.
    reading_level: { max_grade: 9, max_lix: 45 },
    link_domains: { shorteners: 'block', without_tls: 'block' },
    claims: [
      {
        says: [
          'cure',
          'heal completely',
          'miracle',
          'guaranteed results',
          'no side effects',
          'risk-free',
          'clinically proven',
        ],
      },
      { says: ['pain-free', 'painless'], disclaimer: 'Results differ from person to person.', outcome: 'ask' },
      // Every newsletter shows it, whatever it says.
      { categories: ['email_campaign', 'blog_post'], disclaimer: DISCLAIMER, outcome: 'ask' },
    ],
    topics: [
      {
        name: 'diagnosis and therapy',
        words: ['diagnosis', 'diagnose', 'therapy', 'symptom', 'dosage', 'side effect'],
      },
      { name: 'prescriptions', words: ['prescription', 'prescribe', 'refill', 'medicine', 'drug'] },
      { name: 'before and after', words: ['before and after', 'before/after', 'transformation photo'] },
      { name: 'testimonials of patients', words: ['our patients say', 'patient story', 'testimonial'] },
      { name: 'politics', words: ['election', 'political party', 'vaccination mandate'], outcome: 'block' },
    ],
    // Prices of treatments are not advertised with a discount.
    patterns: [
      {
        name: 'discounts',
        pattern: '\\d{1,2} ?% (off|discount)',
        outcome: 'block',
        says: 'treatments are not sold at a discount',
      },
    ],
    conditions: [
      {
        name: 'Large sends on the day before a weekend',
        if: 'reaches_people && people > 500 && weekday == "friday"',
        outcome: 'ask',
        says: 'It goes to more than 500 people on a Friday, and questions would wait; from Monday to Thursday it would pass.',
      },
    ],
    scopes: [
      {
        name: 'email',
        when: { category: 'email_campaign' },
        // To whom it goes has to be known: where the platform does not tell the segment, a person decides.
        segments: { deny: ['Do not contact', 'Minors', 'Deceased'] },
        exposure: { people: { ask_above: 1_000 }, list_share: { ask_above: 0.25 } },
      },
    ],
  },
  tests: [
    { name: 'Opening hours pass', action: { ...send, texts: text, confidence: 0.9 }, expect: 'pass' },
    {
      name: 'Without the disclaimer it is asked about',
      action: { ...send, texts: 'Our opening hours', confidence: 0.9 },
      expect: 'ask',
      because: 'claims.disclaimer',
    },
    {
      name: 'A promise to cure is blocked',
      action: { ...send, texts: `It cures everything. ${DISCLAIMER}` },
      expect: 'block',
      because: 'claims.forbidden',
    },
    {
      name: 'A refill goes to a person',
      action: { ...send, texts: `Your refill is ready. ${DISCLAIMER}`, confidence: 0.9 },
      expect: 'ask',
      because: 'topics',
    },
    {
      name: 'A discount is blocked',
      action: { ...send, texts: `20% off whitening. ${DISCLAIMER}` },
      expect: 'block',
      because: 'patterns',
    },
    {
      name: 'Nobody is mailed at night',
      action: { ...send, texts: text, at: '2026-03-04 22:40' },
      expect: 'block',
      because: 'quiet_hours',
    },
    {
      name: 'An agent that does not say how sure it is asks',
      action: { ...send, texts: text },
      expect: 'ask',
      because: 'confidence',
    },
    {
      name: 'A segment that is not told is asked about',
      action: { ...send, segment: undefined, texts: text, confidence: 0.9 },
      expect: 'ask',
      because: 'segments',
    },
    {
      name: 'Who asked to be left alone is',
      action: { ...send, segment: 'do not contact', texts: text },
      expect: 'block',
      because: 'segments',
    },
    {
      name: 'A card number in a note is blocked',
      action: { kind: 'hubspot.note.create', texts: 'Card 4111 1111 1111 1111' },
      expect: 'block',
      because: 'personal_data',
    },
    {
      name: 'A large send on a Friday waits',
      action: { ...send, people: 600, texts: text, confidence: 0.9, at: '2026-03-06 10:00' },
      expect: 'ask',
      because: 'conditions',
    },
    {
      name: 'A hidden address is blocked',
      action: { ...send, texts: `${text} https://bit.ly/3xYz`, confidence: 0.9 },
      expect: 'block',
      because: 'link_domains',
    },
  ],
} satisfies Pack
