import { describe, expect, it, test } from 'vitest'
import type { ProgramDeps } from '../../core/cli/program-deps.ts'
import { err, ok } from '../../core/domain/result.ts'
import { httpApp } from '../support/http-app.ts'
import { tenure } from '../support/tenure-command.ts'

describe('where the gate is and who asks', () => {
  const token = (bearer: string) => ({ env: { TENURE_ADMIN_TOKEN: bearer } })

  test.each<[string, string, Partial<ProgramDeps>, string]>([
    ['the default', 'agent list', {}, 'http://127.0.0.1:8787'],
    [
      'TENURE_URL',
      'agent list',
      { env: { TENURE_URL: 'https://gate.example.com/', TENURE_ADMIN_TOKEN: 'owner-token' } },
      'https://gate.example.com',
    ],
    [
      '--url before TENURE_URL',
      'agent list --url http://localhost:1234',
      { env: { TENURE_URL: 'https://gate.example.com', TENURE_ADMIN_TOKEN: 'owner-token' } },
      'http://localhost:1234',
    ],
  ])('takes %s', async (_what, args, given, url) => {
    const { asked, exitCode } = await tenure(args, given)
    expect(exitCode).toBe(0)
    expect(asked).toEqual([`GET ${url}/v1/agents`])
  })

  test.each<[string, string, Partial<ProgramDeps>, number]>([
    ['--token before the environment', 'agent list --token owner-token', token('wrong'), 0],
    ['the environment before the file', 'agent list', { ...token('owner-token'), readFile: () => explode() }, 0],
    ['a wrong token', 'agent list', token('wrong'), 1],
  ])('%s', async (_what, args, given, code) => {
    expect((await tenure(args, given)).exitCode).toBe(code)
  })

  test.each([
    [{}, '.tenure/owner-token'],
    [{ TENURE_DATA_DIR: '/var/lib/tenure' }, '/var/lib/tenure/owner-token'],
  ])('reads the token from the data folder, given %o', async (env, path) => {
    const read: string[] = []
    const readFile = (asked: string) => {
      read.push(asked)
      return Promise.resolve('owner-token\n')
    }
    expect((await tenure('agent list', { env, readFile })).exitCode).toBe(0)
    expect(read).toEqual([path])
  })
})

describe('what goes wrong', () => {
  const offline = { fetch: () => Promise.reject(new TypeError('fetch failed')) }
  const html = { fetch: () => Promise.resolve(new Response('<html>', { status: 200 })) }
  const moved = { fetch: () => Promise.resolve(new Response(null, { status: 302, headers: { location: '/x' } })) }

  test.each<[string, string, Partial<ProgramDeps>, number, string]>([
    [
      'nobody answers',
      'agent list',
      offline,
      3,
      'No gate answers at http://127.0.0.1:8787. Start it with npm start, or name another with --url or TENURE_URL.\n',
    ],
    [
      'something else answers',
      'agent list',
      html,
      1,
      'What answers at http://127.0.0.1:8787 is not a gate of this version (status 200).\n',
    ],
    [
      'it is sent elsewhere',
      'agent list',
      moved,
      1,
      'What answers at http://127.0.0.1:8787 is not a gate of this version (status 302).\n',
    ],
    [
      'there is no token',
      'agent list',
      { env: {} },
      2,
      'No token: give --token or TENURE_ADMIN_TOKEN. (There is none in .tenure/owner-token either; the gate writes it there when it first starts.)\n',
    ],
    ['the address is none', 'agent list --url file:///x', {}, 2, '"file:///x" is not an http address.\n'],
    [
      'the target is unknown',
      'stop mailchimp',
      {},
      2,
      'Cannot stop "mailchimp". Say everything, agent:ID, platform:NAME, channel:NAME, category:NAME, kind:ID or topic:WORDS.\n',
    ],
    [
      'the target has no name',
      'stop agent:',
      {},
      2,
      'Cannot stop "agent:". Say everything, agent:ID, platform:NAME, channel:NAME, category:NAME, kind:ID or topic:WORDS.\n',
    ],
    ['the id is none', 'resume nonsense', {}, 1, 'Not found. The gate does not know this id.\nRequest: req_fixed\n'],
    [
      'the database is not to be reached',
      'migrate',
      { migrate: () => Promise.resolve(err('The database at DATABASE_URL does not answer.')) },
      1,
      'The database at DATABASE_URL does not answer.\n',
    ],
  ])('%s', async (_what, args, given, code, complaint) => {
    const said = await tenure(args, given)
    expect(said.err).toBe(complaint)
    expect(said.exitCode).toBe(code)
    expect(said.out).toBe('')
    expect(said.calls).toEqual([])
  })

  test.each([
    'dance',
    'agent create',
    'member add A a@example.com',
    'member add A a@example.com --role king',
    'queue --x',
  ])('%s is used wrongly', async (args) => {
    const { exitCode, err: complaint, asked } = await tenure(args)
    expect(exitCode).toBe(2)
    expect(complaint).toMatch(/^error: /)
    expect(asked).toEqual([])
  })

  it('shows help without asking the gate', async () => {
    const { exitCode, out, asked } = await tenure('--help')
    expect(exitCode).toBe(0)
    expect(out).toContain('Exit codes: 0 done, 1 refused or failed, 2 used wrongly, 3 no gate answers.')
    expect(asked).toEqual([])
  })

  it('status of a gate that is not ready names why, and fails', async () => {
    const readiness = () =>
      Promise.resolve({ checks: [{ name: 'database', ok: false, says: 'The database does not answer.' }] })
    const { app } = httpApp({ readiness })
    const { out, exitCode } = await tenure('status', { fetch: async (url, init) => app.request(url, init) })
    expect(out).toBe('Tenure 0.1.0 at http://127.0.0.1:8787: not ready\n  database: The database does not answer.\n')
    expect(exitCode).toBe(1)
  })
})

it('install says why it could not', async () => {
  const refused = { install: () => Promise.resolve(err('TENURE_SECRET_KEY is needed')) }
  const { err: said, exitCode, asked } = await tenure('install', refused)
  expect([said.includes('TENURE_SECRET_KEY'), exitCode, asked.length]).toEqual([true, 1, 0])
})

it('migrate applies without a gate or a token, and names what it applied', async () => {
  const { out, exitCode, asked } = await tenure('migrate', {
    env: {},
    migrate: () => Promise.resolve(ok(['0001_actions', '0002_budgets'])),
  })
  expect(out).toBe('Applied 0001_actions\nApplied 0002_budgets\n')
  expect(exitCode).toBe(0)
  expect(asked).toEqual([])
})

function explode(): never {
  throw new Error('The file was read')
}
