import type { Gate } from '../../core/gate/gate.ts'
import { createSlackApp, type SlackApp } from '../../slack-app/app.ts'
import type { SlackAppOptions } from '../../slack-app/deps.ts'
import { createSlackSandbox, type SlackSandbox } from '../../slack-app/sandbox.ts'
import type { SandboxMessage } from '../../slack-app/sandbox/world.ts'
import { createSeenInMemory } from '../../slack-app/seen.ts'
import { fakeGate, type GateCall } from './fake-gate.ts'
import { fakeMessages } from './fake-messages.ts'
import { NOW, viewerId, workspaceId } from './sample.ts'

export type Harness = {
  readonly app: SlackApp
  readonly sandbox: SlackSandbox
  readonly calls: GateCall[]
  readonly messages: ReturnType<typeof fakeMessages>
  readonly logged: string[]
  /** Waits for everything that went on after an answer. */
  settled(): Promise<void>
  clock: { now: Date }
  /** What this person sees in the approvals channel. */
  seen(user?: string): readonly SandboxMessage[]
  press(actionId: string, options?: { user?: string; message?: SandboxMessage; option?: string }): Promise<void>
}

export const SECRET = 'a signing secret of the test'

/** The real Bolt app against the stand-in, over requests in this process. */
export function harness(gateVerbs: Partial<Gate>, more: Partial<SlackAppOptions> = {}): Harness {
  const { gate, calls } = fakeGate(gateVerbs)
  const clock = { now: NOW }
  const messages = fakeMessages()
  const logged: string[] = []
  const work: Promise<void>[] = []
  const settled = async (): Promise<void> => {
    while (work.length > 0) await work.shift()
  }
  const installation = { teamId: 'T0SANDBOX', botToken: 'xoxb-test' }
  const sandbox: SlackSandbox = createSlackSandbox({
    now: () => clock.now,
    signingSecret: SECRET,
    botToken: installation.botToken,
    deliver: (request) => app.handle(request),
    origin: 'http://slack.test',
  })
  const app = createSlackApp({
    gate,
    config: {
      signingSecret: SECRET,
      installationOf: (team) => Promise.resolve(team === installation.teamId ? installation : null),
      installationOfWorkspace: (id) => Promise.resolve(id === workspaceId ? installation : null),
      approvalsChannel: 'C0APPROVALS',
      apiUrl: sandbox.apiUrl,
      publicUrl: 'https://tenure.example.com',
    },
    messages,
    pace: () => Promise.resolve(0),
    seen: createSeenInMemory(600_000),
    reader: (id) => ({ kind: 'member', id: viewerId, workspaceId: id, name: 'Slack', role: 'viewer', via: 'slack' }),
    now: () => clock.now,
    background: (promise) => void work.push(promise),
    fetch: async (url, init) => sandbox.app.fetch(new Request(url, init)),
    log: (level, message, about) => void logged.push(`${level} ${message} ${JSON.stringify(about ?? {})}`),
    wait: () => new Promise(() => {}),
    ...more,
  })
  const seen = (user = 'U0APPROVER') => sandbox.world.visible('C0APPROVALS', user)
  return {
    app,
    sandbox,
    calls,
    messages,
    logged,
    settled,
    clock,
    seen,
    async press(actionId, options = {}) {
      const message =
        options.message ?? seen(options.user).find((one) => JSON.stringify(one.blocks).includes(`"${actionId}"`))
      if (message === undefined) throw new Error(`No message has ${actionId}`)
      const block = message.blocks.find((one) => JSON.stringify(one).includes(`"${actionId}"`))
      const pressed = await sandbox.interact.press({
        user: options.user ?? 'U0APPROVER',
        channel: message.channel,
        ts: message.ts,
        blockId: block?.block_id ?? '',
        actionId,
        ...(options.option !== undefined && { option: options.option }),
      })
      if (!pressed.ok) throw new Error(pressed.says)
      await settled()
    },
  }
}

/** All words of a message, as a person reads them. */
export function wordsOf(message: { readonly blocks: readonly unknown[] } | undefined): string {
  const words: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      if ('text' in value && typeof value.text === 'string') words.push(value.text)
      Object.values(value).forEach(walk)
    }
  }
  walk(message?.blocks ?? [])
  return words.join('\n')
}

/** The action ids of a message's elements, in order. */
export function buttonsOf(message: { readonly blocks: readonly unknown[] } | undefined): readonly string[] {
  return [...JSON.stringify(message?.blocks ?? []).matchAll(/"action_id":"([^"]+)"/g)].map((match) => match[1] ?? '')
}
