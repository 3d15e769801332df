import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { createCallbacks, forbiddenAddresses } from '../../core/entry/callbacks.ts'

test.each([
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:127.0.0.1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['0.0.0.0', true],
  ['93.184.216.34', false],
  ['2606:2800:220:1::1', false],
  ['not an address', true],
])('%s is forbidden: %s', (address, expected) => {
  expect(forbiddenAddresses(false)(address)).toBe(expected)
})

let url = ''
const seen: string[] = []
const server = createServer((request, answer) => {
  seen.push(`${request.method} ${request.url}`)
  if (request.url === '/moved') answer.writeHead(302, { location: '/hook' }).end()
  else answer.writeHead(204).end()
})
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  url = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => {
  server.close()
})

it('refuses a name that resolves into the machine before anything is sent', async () => {
  const result = await createCallbacks({ allowLoopback: false }).post(`${url}/hook`, {}, '{}')
  expect(result).toEqual({ ok: false, error: { kind: 'forbidden' } })
  expect(seen).toEqual([])
})

it('posts where it may, and follows no redirect', async () => {
  const callbacks = createCallbacks({ allowLoopback: true })
  expect(await callbacks.post(`${url}/hook`, {}, '{}')).toEqual({ ok: true, value: undefined })
  expect(await callbacks.post(`${url}/moved`, {}, '{}')).toEqual({ ok: false, error: { kind: 'status', status: 302 } })
  expect(seen).toEqual(['POST /hook', 'POST /moved'])
})
