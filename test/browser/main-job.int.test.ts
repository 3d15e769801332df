import { fileURLToPath } from 'node:url'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningGate, startGate } from '../support/running-gate.ts'

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

let gate: RunningGate
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  gate = await startGate()
  browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [...sparticuz.args, ...QUIET],
    headless: true,
  })
  page = await browser.newPage({ viewport: { width: 1100, height: 1000 } })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${gate.url}/sandbox/slack`)
})
afterAll(async () => {
  await browser.close()
  await gate.close()
})

type Answer = {
  readonly id: string
  readonly state: string
  readonly supersedes: string | null
  readonly input: Record<string, unknown>
  readonly decisions: readonly { readonly decision: string; readonly reason: string | null }[]
}

let keys = 0
async function propose(proposal: object): Promise<Answer> {
  const response = await fetch(`${gate.url}/v1/actions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gate.agentKey}`,
      'content-type': 'application/json',
      'idempotency-key': `browser-${(keys += 1)}`,
      prefer: 'wait=20',
    },
    body: JSON.stringify(proposal),
  })
  expect(response.status).toBe(202)
  return (await response.json()) as Answer
}

async function answerOf(id: string): Promise<Answer> {
  const response = await fetch(`${gate.url}/v1/actions/${id}`, {
    headers: { authorization: `Bearer ${gate.agentKey}` },
  })
  return (await response.json()) as Answer
}

async function contact(id: string): Promise<Record<string, string> | undefined> {
  const sandbox = (await (await fetch(`${gate.url}/sandbox`)).json()) as { platforms: { hubspot: string } }
  const state = (await (await fetch(`${sandbox.platforms.hubspot}/__sandbox/state`)).json()) as {
    contacts: Record<string, { properties: Record<string, string> }>
  }
  return state.contacts[id]?.properties
}

/** A message of the channel that says so; the page draws by polling, and playwright waits for it. */
const card = (text: string): Locator => page.locator('[data-ts]').filter({ hasText: text }).last()
/** By what stands on it; its accessible name says more. */
const button = (on: Locator | Page, name: string): Locator =>
  on.locator('button').filter({ hasText: new RegExp(`^${name}$`) })
const pressed = async (on: Locator, name: string): Promise<void> => await button(on, name).click()

it('a proposal appears as a card, is edited in the modal, executed and undone', async () => {
  const before = await contact('101')
  const proposed = await propose({
    kind: 'hubspot.contact.update',
    input: { contactId: '101', phone: '+1 555 0111' },
    reason: 'They called with a new number',
    requested_by: { member: 'owner@example.com', words: 'Please note their new number' },
  })
  expect(proposed.state).toBe('awaiting_approval')
  await button(card('They called with a new number'), 'Approve').waitFor()
  expect(await card('They called with a new number').innerText()).toContain('+1 555 0111')

  await pressed(card('They called with a new number'), 'Edit')
  const phone = page.locator('dialog').getByLabel('Phone')
  await phone.waitFor()
  expect(await phone.inputValue()).toBe('+1 555 0111')
  await phone.fill('+1 555 0122')
  await page.locator('dialog button[type=submit]').click()

  await expect.poll(async () => (await answerOf(proposed.id)).state, { timeout: 20_000 }).toBe('executed')
  expect((await contact('101'))?.['phone']).toBe('+1 555 0122')
  const done = await answerOf(proposed.id)
  expect(done.decisions.map(({ decision }) => decision)).toEqual(['edit'])
  expect(done.input['phone']).toBe('+1 555 0122')

  // The card is locked: no second decision on it, but an undo.
  const undo = button(page, 'Undo').last()
  await undo.waitFor()
  expect(await button(card('They called with a new number'), 'Approve').count()).toBe(0)
  await undo.click()
  await expect.poll(async () => (await answerOf(proposed.id)).state, { timeout: 20_000 }).toBe('undone')
  expect(await contact('101')).toEqual(before)
})

it('another is sent back for changes, superseded by a new version that shows what changed, and approved', async () => {
  const task = { contactId: '102', subject: 'Call about the check-up', dueAt: '2030-03-02T16:00:00Z' }
  const first = await propose({ kind: 'hubspot.task.create', input: task, reason: 'The recall is due' })
  await button(card('The recall is due'), 'Approve').waitFor()
  await pressed(card('The recall is due'), 'Ask for changes')
  const comment = page.locator('dialog textarea')
  await comment.waitFor()
  await comment.fill('Say that it is the half-yearly check-up')
  await page.locator('dialog button[type=submit]').click()
  await expect.poll(async () => (await answerOf(first.id)).state, { timeout: 20_000 }).toBe('changes_requested')
  expect((await answerOf(first.id)).decisions.at(-1)?.reason).toBe('Say that it is the half-yearly check-up')

  const second = await propose({
    kind: 'hubspot.task.create',
    input: { ...task, subject: 'Call about the half-yearly check-up' },
    reason: 'The recall is due, with the wording that you asked for',
    supersedes: first.id,
  })
  expect((await answerOf(first.id)).state).toBe('superseded')
  const fresh = card('with the wording that you asked for')
  await button(fresh, 'Approve').waitFor()
  expect(await fresh.innerText()).toContain('Call about the half-yearly check-up')
  if (process.env['TENURE_PICTURE']) await picture(fresh)
  await pressed(fresh, 'Approve')
  await expect.poll(async () => (await answerOf(second.id)).state, { timeout: 20_000 }).toBe('executed')
})

it('the page itself complained about nothing', () => {
  expect(complaints).toEqual([])
})

/** The picture in the README: TENURE_PICTURE=1 npx vitest run test/browser. */
async function picture(fresh: Locator): Promise<void> {
  await fresh.screenshot({ path: fileURLToPath(new URL('../../docs/pictures/card.png', import.meta.url)) })
}
