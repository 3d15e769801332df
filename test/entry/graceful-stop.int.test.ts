import { expect, it } from 'vitest'
import { emptyServerDatabase } from '../support/databases.ts'
import { startGate } from '../support/running-gate.ts'

const CLIENTS = 16
/** Nobody listens there any more: nothing was sent, so anybody may ask somebody else. */
const NEVER_SENT = 'ECONNREFUSED'

const codeOf = (thrown: unknown): string => {
  const cause = thrown instanceof Error ? thrown.cause : null
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(thrown)
}

it('told to end, it answers everything that reached it, tells clients to leave, and ends although some keep asking', async () => {
  const gate = await startGate({ DATABASE_URL: await emptyServerDatabase() })
  const headers = { authorization: `Bearer ${gate.ownerToken}` }
  const broken: string[] = []
  let answered = 0
  let left = 0
  const client = async (stays: boolean): Promise<void> => {
    for (;;) {
      try {
        const response = await fetch(`${gate.url}/v1/actions?limit=1`, { headers })
        await response.text()
        answered += 1
        if (response.status !== 200) broken.push(`status ${response.status}`)
        if (response.headers.get('connection') !== 'close') continue
        left += 1
        if (!stays) return
      } catch (thrown) {
        const code = codeOf(thrown)
        if (code === NEVER_SENT) return
        // Who stays until the door is shut may have a foot in it.
        if (!stays) broken.push(code)
      }
    }
  }
  const clients = Array.from({ length: CLIENTS }, (_, index) => client(index === 0))
  await expect.poll(() => answered, { timeout: 30_000 }).toBeGreaterThan(CLIENTS * 5)
  const exited = new Promise((resolve) => gate.process.once('exit', resolve))
  gate.process.kill('SIGTERM')
  expect(await exited).toBe(0)
  await Promise.all(clients)
  expect(broken).toEqual([])
  expect(left).toBeGreaterThanOrEqual(CLIENTS)
  await gate.close()
}, 90_000)
