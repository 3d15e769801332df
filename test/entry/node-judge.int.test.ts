import { expect, it } from 'vitest'
import { startJudge } from '../support/judge-stand-in.ts'
import { startGate } from '../support/running-gate.ts'

it('asks the judge that its environment names, and has a person decide when that one is gone', async () => {
  const stand = await startJudge()
  stand.script.push({ verdict: 'does not fit', says: 'It shouts.' })
  const gate = await startGate({
    TENURE_JUDGE_URL: `${stand.url}/v1`,
    TENURE_JUDGE_MODEL: 'small-reader',
    TENURE_JUDGE_KEY: 'judge-key',
  })
  const send = async (method: string, path: string, token: string, body: object, key = path): Promise<unknown> => {
    const response = await fetch(`${gate.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
        prefer: 'wait=15',
      },
      body: JSON.stringify(body),
    })
    return await response.json()
  }
  const propose = (phone: string): Promise<unknown> =>
    send(
      'POST',
      '/v1/actions',
      gate.agentKey,
      { kind: 'hubspot.contact.update', input: { contactId: '101', phone }, reason: 'They called' },
      phone,
    )
  const waits = (says: string) => ({
    state: 'awaiting_approval',
    verdict: { outcome: 'ask', reasons: [{ rule: expect.stringMatching(/^judge\./), text: says }] },
  })
  try {
    await send('PUT', '/v1/policies/current', gate.ownerToken, { document: { judge: { brand: 'Calm and plain.' } } })
    expect(await propose('+1 555 0111')).toMatchObject(
      waits('It does not fit your brand voice: “It shouts”. A text that fits would pass.'),
    )
    expect(stand.asked[0]?.headers.get('authorization')).toBe('Bearer judge-key')
    await stand.close()
    expect(await propose('+1 555 0112')).toMatchObject(
      waits('The brand check could not run: this text has no answer of the model. So a person decides.'),
    )
    expect(gate.printed()).toContain('judge_failed')
    expect(gate.printed()).not.toContain('judge-key')
  } finally {
    await gate.close()
    await stand.close()
  }
})
