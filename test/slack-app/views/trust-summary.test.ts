import { describe, expect, it, test } from 'vitest'
import { ALL } from '../../../core/domain/trust/standing.ts'
import { type Trust, trustSummary } from '../../../slack-app/views/trust-summary.ts'
import { wordsOf } from '../harness.ts'
import { ctx, later } from '../sample.ts'
import { AGENTS, cell, details, gate, grant, promotion, reclaimed, trust } from '../trust-sample.ts'

const words = (what: string | null, more: Partial<Trust>): string =>
  wordsOf(trustSummary(what, { scopes: [trust()], grants: [], open: [], agents: AGENTS, ...more }, ctx))

describe('everywhere', () => {
  it('shows each score as a bar, the level in force, and what is next', () => {
    const other = trust({
      scope: 'email_campaign.medium',
      score: 70,
      tier: 'notify',
      says: 'Email campaigns, medium: 70 of 100.',
    })
    const said = words(null, {
      scopes: [other, trust()],
      grants: [grant({ level: 4, scope: 'email_campaign.medium' })],
    })
    expect(said.split('\n')).toEqual([
      'How trust stands',
      '▰▰▰▰▰▱▱▱▱▱  *CRM updates, small: 52 of 100, everything is asked about.*',
      '•  Level 2: everything asks you.',
      '*Next*  From 60 points it can earn to act and tell you.',
      '▰▰▰▰▰▰▰▱▱▱  *Email campaigns, medium: 70 of 100.*',
      expect.stringMatching(
        /^• {2}Copywriter, hubspot\.contact\.update: level 3 in force, it acts and tells you \(level 4 was granted\), until <!date.*>\.$/,
      ),
      '*Next*  From 85 points it can earn to act by itself.',
      expect.stringContaining('`/tenure trust email campaigns`'),
    ])
  })

  test.each([
    ['autonomous', trust({ tier: 'autonomous' }), '*Next*'],
    ['what asks as before', trust(), 'level 2 in force'],
  ] as const)('says nothing of %s', (_name, view, absent) => {
    expect(words(null, { scopes: [view], grants: [grant({ level: 2, inForce: 2 })] })).not.toContain(absent)
  })

  it('says how long a full review lasts', () => {
    const lock = { cause: 'critical_finding', decisionsUntilOthers: 12 } as const
    expect(words(null, { scopes: [trust({ lock })] })).toContain('12 more decisions until more can be proposed')
  })

  it('says what was taken back, what is observed, and what waits for an answer', () => {
    const observed = grant({ agentId: ALL, scenario: ALL, level: 1, inForce: 1, until: later(60) })
    const said = words(null, { grants: [observed, reclaimed()], open: [promotion()] })
    expect(said).toContain('•  Observed only, until <!date')
    expect(said).toContain('taken back by Approver, asks you every time. `/tenure hand-back crm_update`')
    expect(said).toContain(':raising_hand:  Waits for your answer: CRM updates, small: let Copywriter act')
  })

  it('keeps to fifteen', () => {
    const scopes = Array.from({ length: 18 }, (_, index) => trust({ scope: `s${index}.small` }))
    expect(words(null, { scopes })).toContain('3 more in the console')
  })
})

describe('one category', () => {
  it('says for each agent what is missing for the next level', () => {
    expect(words('crm_update', { scopes: [details()] })).toContain(
      '*Next*  Copywriter, hubspot.contact.update: it acts and tells you (level 3). The score is 52; 60 is needed. 9 more clean approvals reach 60.',
    )
  })

  it('looks only at the newest version of an agent, and not at what has the highest level', () => {
    const old = cell({ agentVersion: 'v0', lastAt: later(-90_000), next: { level: 5, gates: [] } })
    expect(words('crm_update', { scopes: [details({ cells: [old, cell({ next: null })] })] })).not.toContain('*Next*')
  })

  it('names three of many that are missing', () => {
    const gates = ['correct', 'test', 'policy', 'walls', 'kpi'].map((name) => gate(name, 'missing', `${name} lacks.`))
    const said = words('crm_update', { scopes: [details({ cells: [cell({ next: { level: 4, gates } })] })] })
    expect(said).toContain('correct lacks. test lacks. policy lacks. And 2 more.')
    expect(said).not.toContain('clean approvals')
  })

  it('says when nothing is missing but a person', () => {
    const gates = [gate('score', 'held', 'x'), gate('consent', 'missing', 'A person has to agree.')]
    const said = words('crm_update', { scopes: [details({ cells: [cell({ next: { level: 3, gates } })] })] })
    expect(said).toContain('Nothing of what is measured is missing.')
  })
})

test.each([
  [null, 'Nothing was decided yet. Everything there asks you.'],
  ['crm_update', 'Nothing was decided yet in CRM updates. Everything there asks you.'],
])('nothing in %s', (what, says) => expect(words(what, { scopes: [] })).toBe(says))
