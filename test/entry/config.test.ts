import { expect, it, test } from 'vitest'
import { readConfig } from '../../core/entry/config.ts'
import { productionSettings } from '../support/production-settings.ts'

const key = Buffer.alloc(32, 1).toString('base64')
const production = productionSettings(key)
const problemsOf = (env: Record<string, string>): string[] => {
  const read = readConfig(env)
  return 'problems' in read ? read.problems.map(({ name }) => name) : []
}

it('runs on sandboxes where nothing is connected', () => {
  const read = readConfig({})
  expect('config' in read && read.config).toMatchObject({
    PORT: 8787,
    slackSandbox: true,
    sandboxes: ['hubspot', 'mailchimp'],
  })
})

it('has no sandboxes in production', () => {
  const read = readConfig(production)
  expect('config' in read && read.config).toMatchObject({ slackSandbox: false, sandboxes: [] })
})

test.each([
  [
    'every problem at once',
    { PORT: 'x', TENURE_PUBLIC_URL: 'nowhere', TENURE_SECRET_KEY: 'short' },
    ['PORT', 'TENURE_PUBLIC_URL', 'TENURE_SECRET_KEY'],
  ],
  [
    'production without its secrets',
    { TENURE_ENV: 'production' },
    [
      'DATABASE_URL',
      'TENURE_SECRET_KEY',
      'TENURE_LEDGER_KEY',
      'TENURE_ADMIN_TOKEN',
      'TENURE_PUBLIC_URL',
      'SLACK_BOT_TOKEN',
    ],
  ],
  ['half of Slack', { SLACK_BOT_TOKEN: 'b' }, ['SLACK_SIGNING_SECRET', 'SLACK_TEAM_ID', 'SLACK_APPROVALS_CHANNEL']],
  ['an unknown time zone', { TENURE_TIME_ZONE: 'Mars/Olympus' }, ['TENURE_TIME_ZONE']],
  ['a Mailchimp key without its data centre', { MAILCHIMP_API_KEY: 'abc' }, ['MAILCHIMP_API_KEY']],
  ['a HubSpot account that is no number', { HUBSPOT_PORTAL_ID: 'ours' }, ['HUBSPOT_PORTAL_ID']],
  ['a judge without its model', { TENURE_JUDGE_URL: 'https://judge.example.com/v1' }, ['TENURE_JUDGE_MODEL']],
  ['a judge without its address', { TENURE_JUDGE_MODEL: 'm', TENURE_JUDGE_KEY: 'k' }, ['TENURE_JUDGE_URL']],
  ['nothing wrong', production, []],
])('names %s', (_name, env, expected) => {
  expect(problemsOf(env)).toEqual(expected)
})
