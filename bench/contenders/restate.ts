import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as restate from '@restatedev/restate-sdk'
import { runEffect, startFront } from '../front.ts'
import type { ProposalBody } from '../proposal.ts'

// Restate keeps everything in a log of its own, so its budget is an object of its own too and Postgres is not used.
const budget = restate.object({
  name: 'budget',
  handlers: {
    async reserve(ctx: restate.ObjectContext): Promise<boolean> {
      const reserved = (await ctx.get<number>('reserved')) ?? 0
      if (reserved + 1 > 1_000_000_000) return false
      ctx.set('reserved', reserved + 1)
      return true
    },
  },
})

const action = restate.workflow({
  name: 'action',
  handlers: {
    async run(ctx: restate.WorkflowContext, input: { workspace: string; proposal: ProposalBody }): Promise<void> {
      if (!(await ctx.objectClient(budget, input.workspace).reserve())) return
      const decision = await ctx.promise<string>('decision')
      if (decision === 'approve') await ctx.run('effect', () => runEffect(input.proposal))
    },
    async decide(ctx: restate.WorkflowSharedContext, decision: string): Promise<void> {
      await ctx.promise<string>('decision').resolve(decision)
    },
  },
})

const [servicePort, ingress, admin, fabric] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
await restate.serve({ services: [budget, action], port: servicePort })
const folder = mkdtempSync(join(tmpdir(), 'bench-restate-'))
const binary = createRequire(import.meta.url).resolve(
  `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
)
const server = spawn(binary, ['--no-logo', '--listen-mode', 'tcp', '--base-dir', folder], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    RESTATE_BIND_ADDRESS: `127.0.0.1:${fabric}`,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_LOG_FILTER: 'error',
    DO_NOT_TRACK: '1',
  },
})
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    server.once('exit', () => {
      rmSync(folder, { recursive: true, force: true })
      process.exit(0)
    })
    server.kill('SIGKILL')
  })

await until(async () => (await fetch(`http://127.0.0.1:${admin}/health`)).ok)
await until(
  async () => (await send(`http://127.0.0.1:${admin}/deployments`, { uri: `http://127.0.0.1:${servicePort}` })).ok,
)

const ingressUrl = `http://127.0.0.1:${ingress}`
startFront({
  async propose(workspace, _key, proposal) {
    const id = randomUUID()
    const sent = await send(`${ingressUrl}/action/${id}/run/send`, { workspace, proposal })
    if (!sent.ok) throw new Error(`restate answered ${sent.status}`)
    return id
  },
  approve: async (id) => (await send(`${ingressUrl}/action/${id}/decide`, 'approve')).ok,
})

async function send(url: string, body: unknown): Promise<Response> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await answer.arrayBuffer()
  return answer
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('restate-server did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
