import { describe, expect, it, test } from 'vitest'
import { alwaysAPerson, alwaysAPersonOf, alwaysAPersonSection } from '../../../core/rules/guardrails/always-a-person.ts'
import type { Subject } from '../../../core/rules/guardrails/guardrail.ts'
import { PERSON_CLASSES } from '../../../core/rules/always-a-person/classes.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const asked = (text: string, given: Partial<Subject> = {}, rule = alwaysAPerson([])): readonly string[] =>
  [rule(subject({ texts: [text], ...given }), place, {}) ?? []].flat().map((one) => one.rule.split('.')[1] ?? '')

describe('asks about', () => {
  test.each<[string, string]>([
    ['founder_stories', 'The founder’s story: how a garage became a clinic'],
    ['founder_stories', 'Our founder Dr. Lee started with one chair and a dream'],
    ['founder_stories', 'founder stories, new product details, strategic pivots'],
    ['new_product_details', 'founder stories, new product details, strategic pivots'],
    ['strategic_pivots', 'founder stories, new product details, strategic pivots'],
    ['personal_outreach', 'personal outreach, partnership negotiations, key account communication'],
    ['partnership_talks', 'personal outreach, partnership negotiations, key account communication'],
    ['key_accounts', 'personal outreach, partnership negotiations, key account communication'],
    ['crisis', 'crisis communication, breaking news, pricing changes'],
    ['breaking_news', 'crisis communication, breaking news, pricing changes'],
    ['pricing_changes', 'crisis communication, breaking news, pricing changes'],
    ['legally_reviewed_content', 'The content is brand-sensitive or legally reviewed'],
    ['founder_stories', 'Why I founded this practice'],
    ['founder_stories', 'How it all began'],
    ['founder_stories', 'A letter from our founder'],
    ['founder_stories', 'The story behind our clinic'],
    ['founder_stories', 'Unsere Gründergeschichte: wie alles begann'],
    ['founder_stories', 'Warum ich die Praxis gegründet habe'],
    ['new_product_details', 'We are launching our new whitening product in May'],
    ['new_product_details', 'Introducing a new treatment for sensitive teeth'],
    ['new_product_details', 'Product launch: the details'],
    ['new_product_details', 'Unveiling the spring collection'],
    ['new_product_details', 'Wir stellen unser neues Produkt vor'],
    ['new_product_details', 'Die Produkteinführung ist im Mai'],
    ['strategic_pivots', 'Our company decided to pivot to smart homes'],
    ['strategic_pivots', 'A strategic shift for all of us'],
    ['strategic_pivots', 'We are rebranding!'],
    ['strategic_pivots', 'We will no longer offer laser hair removal'],
    ['strategic_pivots', 'Smile Dental was acquired by BigTeeth'],
    ['strategic_pivots', 'Die strategische Neuausrichtung unserer Praxis'],
    ['personal_outreach', 'Hi Jo, I wanted to reach out about your smile'],
    ['personal_outreach', 'I am reaching out to you personally'],
    ['personal_outreach', 'A personal note from Dr. Lee'],
    ['personal_outreach', 'Great meeting you at the conference yesterday'],
    ['personal_outreach', 'Ich wollte mich persönlich bei Ihnen melden'],
    ['partnership_talks', 'We are in partnership talks with BigTeeth'],
    ['partnership_talks', 'Negotiating the terms of our partnership: partnership negotiations go well'],
    ['partnership_talks', 'We are proud to announce our partnership with BigTeeth'],
    ['partnership_talks', 'A joint venture for clean teeth'],
    ['partnership_talks', 'Die Partnerschaft: unsere Verhandlungen. Kooperationsvertrag in Arbeit'],
    ['key_accounts', 'This goes to every key account'],
    ['key_accounts', 'An alle Großkunden'],
    ['crisis', 'How we handle the crisis'],
    ['crisis', 'A data breach at our clinic'],
    ['crisis', 'Voluntary recall of our toothpaste'],
    ['crisis', 'The toothpaste has been recalled'],
    ['crisis', 'We apologise for the incident of last week'],
    ['crisis', 'Die Krise und wir'],
    ['crisis', 'Rückrufaktion für unsere Zahnpasta'],
    ['crisis', 'Rueckrufaktion fuer unsere Zahnpasta'],
    ['breaking_news', 'Breaking news from Scottsdale'],
    ['breaking_news', 'In light of recent events we close early'],
    ['breaking_news', 'Eilmeldung: Praxis geschlossen'],
    ['breaking_news', 'Aus aktuellem Anlass'],
    ['pricing_changes', 'New prices for spring check-ups'],
    ['pricing_changes', 'Our prices will change on 1 May'],
    ['pricing_changes', 'We are raising our prices'],
    ['pricing_changes', 'A price increase for whitening'],
    ['pricing_changes', 'We have lowered the price of our membership: lowering our prices'],
    ['pricing_changes', 'Updated pricing for members'],
    ['pricing_changes', 'Neue Preise ab Mai'],
    ['pricing_changes', 'Unsere Preise steigen ab Mai'],
    ['pricing_changes', 'Wir erhöhen die Preise'],
    ['pricing_changes', 'Die Preisanpassung gilt ab Mai'],
    ['legally_reviewed_content', 'We have updated our privacy policy'],
    ['legally_reviewed_content', 'Changes to our terms of service'],
    ['legally_reviewed_content', 'This text was reviewed by legal counsel'],
    ['legally_reviewed_content', 'No purchase necessary; see the official rules'],
    ['legally_reviewed_content', 'Wir haben unsere AGB geändert'],
    ['legally_reviewed_content', 'Neue Datenschutzerklärung'],
    ['pricing_changes', 'NEW PR\u0406CES for spring check-ups'],
    ['pricing_changes', 'New pri\u200bces for spring'],
    ['pricing_changes', '<p>New <b>pri</b>ces</p>'],
  ])('%s: %s', (name, text) => {
    expect(asked(text)).toContain(name)
  })
})

describe('lets pass what ordinary newsletters say', () => {
  test.each([
    'Family dentists, founded in 1998',
    'Whitening news, pricing from $99',
    'We truly regret that you had to wait. Please call us.',
    'We are sorry for the mistake and thank you for your review',
    'Book a 20 minute call this week',
    'Become a partner in your own health',
    'Hurricane season checklist for homeowners',
    'We are closing our office early on Friday',
    'Introducing Dr. Patel, our new orthodontist',
    'Shop the new collection',
    'Following up on your visit: how was it?',
    'Jetzt neue Kollektion entdecken',
    'Preise gewinnen beim Gewinnspiel',
    'Wir haben unsere Website aktualisiert',
    'Supporting the Smile Foundation since 2004',
    'Seit 1998 in Scottsdale gegründet und geführt',
    'Welcome to our new website',
    'Book your new patient exam',
    'New patient special: exam and x-rays for $99',
    'New arrivals in our shop',
    'Launch your day with a smile',
    'Our products are vegan',
    'Unsere Produkte sind vegan',
    'Change your toothbrush every three months',
    'Reach out to us with any question',
    'Feel free to reach out',
    'Personal training from $50',
    'Your personal smile plan',
    'Your partner for healthy teeth',
    'Bring your partner for free',
    'In partnership with the local school we host a fair',
    'Ihr Partner für gesunde Zähne',
    'Log in to your account',
    'Create an account today',
    'Emergency dentist, open on Sundays',
    'You may recall our spring offer',
    'It is time for your recall appointment',
    'Unser Rückrufservice: wir rufen Sie zurück',
    'Whitening news for March',
    'Ground-breaking comfort',
    'Breaking bad habits',
    'Just in time for spring',
    'Just in: spring dresses',
    'The best prices in town',
    'Prices from $99',
    'Half price until Friday',
    '20 % off whitening this week',
    'Prices are subject to change without notice',
    'Prices may change',
    'Preisänderungen vorbehalten',
    'Monitor your heart rate',
    'Free shipping, always',
    'Great rates on home loans',
    'Update your preferences | Privacy Policy | Terms',
    'Update your preferences or read our privacy policy',
    'This is not legal advice',
    'Our attorneys are here to help',
    'AGB | Datenschutzerklärung | Impressum',
    'See our March specials: Botox and fillers',
    'Since you are coming in for a cleaning, many patients love our whitening treatment',
    'Your VIP membership would save you 20 % on every visit',
    'Award-Winning Smile Transformations in Scottsdale',
  ])('%s', (text) => {
    expect(asked(text)).toEqual([])
  })
})

it('names the words and the class, and what would pass', () => {
  expect(alwaysAPerson([])(subject({ texts: ['New prices for spring check-ups'] }), place, {})).toEqual([
    {
      rule: 'always_a_person.pricing_changes',
      outcome: 'ask',
      text: '“new prices” reads like a pricing change; that is always for a person. Without it, or if an owner relaxes it, it would pass.',
    },
  ])
})

describe('the policy', () => {
  const of = (...values: Parameters<typeof alwaysAPersonOf>[0]) => alwaysAPersonOf(values)

  it('asks in every workspace that says nothing', () => {
    expect(asked('We are raising our prices', {}, of())).toEqual(['pricing_changes'])
  })

  it('relaxes one class and no other', () => {
    const rule = of({ relax: ['pricing_changes'] })
    expect(asked('We are raising our prices. A data breach.', {}, rule)).toEqual(['crisis'])
  })

  it('takes what the most specific scope relaxes', () => {
    expect(asked('We are raising our prices', {}, of({ relax: [] }, { relax: ['pricing_changes'] }))).toHaveLength(1)
    expect(asked('We are raising our prices', {}, of({}, { relax: ['pricing_changes'] }))).toEqual([])
  })

  it('knows the key accounts of a workspace by name and by domain', () => {
    const rule = of({ key_accounts: ['BigTeeth Inc.'] }, { key_accounts: ['bigteeth.com'] })
    expect(asked('Thank you, BigTeeth Inc!', {}, rule)).toEqual(['key_accounts'])
    expect(asked('<a href="https://www.bigteeth.com/x">Hello</a>', {}, rule)).toEqual(['key_accounts'])
    expect(asked('Write to jo@bigteeth.com', {}, rule)).toEqual(['key_accounts'])
    expect(asked('Big teeth are beautiful', {}, rule)).toEqual([])
  })

  test.each([
    ['jo@bigteeth.com', ['key_accounts']],
    ['Jo.Lee+news@Mail.BigTeeth.com', ['key_accounts']],
    ['ceo@smallteeth.com', ['key_accounts']],
    ['jo@notbigteeth.com', []],
    ['jo@smallteeth.com', []],
  ])('knows a key account by whom it is sent to: %s', (email, classes) => {
    const rule = of({ key_accounts: ['bigteeth.com', 'ceo@smallteeth.com'] })
    expect(asked('Your cleaning is due', { texts: ['Your cleaning is due', email] }, rule)).toEqual(classes)
  })

  it('takes more words from a workspace, in any form', () => {
    const rule = of({ words: { strategic_pivots: ['franchise'] } })
    expect(asked('We are franchising', {}, rule)).toEqual(['strategic_pivots'])
    expect(
      asked('We are franchising', {}, of({ relax: ['strategic_pivots'], words: { strategic_pivots: ['franchise'] } })),
    ).toEqual([])
  })

  it('knows no other classes', () => {
    expect(alwaysAPersonSection.schema.safeParse({ relax: ['everything'] }).success).toBe(false)
    expect(alwaysAPersonSection.schema.safeParse({ relax: Object.keys(PERSON_CLASSES) }).success).toBe(true)
  })
})

test.each<[string, Partial<Subject>, number]>([
  ['unpublished work', { preparing: true }, 0],
  ['a note in the CRM', { channel: 'crm', category: 'crm_update', reachesPeople: false }, 0],
  ['a message that the CRM sends', { channel: 'crm', reachesPeople: true }, 1],
  ['a page of the site', { channel: 'site', reachesPeople: false }, 1],
])('%s', (_name, given, count) => {
  expect(asked('We are raising our prices', given)).toHaveLength(count)
})

it('says everything in 160 characters', () => {
  const long = 'word '.repeat(40).trim()
  const rule = alwaysAPersonOf([{ words: { legally_reviewed_content: [long], founder_stories: ['x'.repeat(200)] } }])
  const reasons = [rule(subject({ texts: [long, 'x'.repeat(200)] }), place, {}) ?? []].flat()
  expect(reasons).toHaveLength(2)
  for (const { text } of reasons)
    expect(text).toMatch(
      /^“.*…” reads like .*; that is always for a person\. Without it, or if an owner relaxes it, it would pass\.$/,
    )
})
