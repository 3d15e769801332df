import type { LookupAddress } from 'node:dns'
import { createServer, type ServerResponse } from 'node:http'
import { connect, createServer as createListener } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { type CallbackOptions, createCallbacks } from '../../core/entry/callbacks.ts'
import { forbiddenAddresses } from '../../core/entry/forbidden-addresses.ts'

describe('an address', () => {
  test.each([
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['169.254.169.254', true],
    ['169.254.170.2', true],
    ['100.64.0.1', true],
    ['100.127.255.254', true],
    ['100.128.0.1', false],
    ['100.100.100.200', true],
    ['127.0.0.1', true],
    ['127.255.255.254', true],
    ['0.0.0.0', true],
    ['0.1.2.3', true],
    ['192.0.0.192', true],
    ['192.0.2.1', true],
    ['192.88.99.1', true],
    ['198.18.0.1', true],
    ['198.51.100.1', true],
    ['203.0.113.1', true],
    ['224.0.0.1', true],
    ['239.255.255.255', true],
    ['240.0.0.1', true],
    ['255.255.255.255', true],
    ['93.184.216.34', false],
    ['8.8.8.8', false],
    ['::', true],
    ['::1', true],
    ['::ffff:10.0.0.1', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['::ffff:a9fe:a9fe', true],
    ['::ffff:8.8.8.8', false],
    ['::7f00:1', true],
    ['::127.0.0.1', true],
    ['::ffff:0:127.0.0.1', true],
    ['64:ff9b::7f00:1', true],
    ['64:ff9b::169.254.169.254', true],
    ['64:ff9b:1::1', true],
    ['100::1', true],
    ['2001::1', true],
    ['2001:0:a9fe:a9fe::1', true],
    ['2001:10::1', true],
    ['2001:db8::1', true],
    ['2002:7f00:1::1', true],
    ['2002:a9fe:a9fe::1', true],
    ['3fff::1', true],
    ['fc00::1', true],
    ['fd00:ec2::254', true],
    ['fe80::1', true],
    ['fe80::1%eth0', true],
    ['fec0::1', true],
    ['ff02::1', true],
    ['4000::1', true],
    ['2606:2800:220:1::1', false],
    ['2001:4860:4860::8888', false],
    ['2a00:1450::1', false],
    ['not an address', true],
    ['', true],
  ])('%s is forbidden: %s', (address, expected) => {
    expect(forbiddenAddresses(false)(address)).toBe(expected)
  })

  test.each([
    ['127.0.0.1', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['10.0.0.1', true],
    ['169.254.169.254', true],
    ['fd00::1', true],
  ])('where loopback is allowed, %s is forbidden: %s', (address, expected) => {
    expect(forbiddenAddresses(true)(address)).toBe(expected)
  })
})

describe('an address as it is written', () => {
  const inProduction = createCallbacks({ allowLoopback: false })

  test.each([
    'https://127.0.0.1/hook',
    'https://127.1/hook',
    'https://2130706433/hook',
    'https://0x7f000001/hook',
    'https://0x7f.1/hook',
    'https://0177.0.0.1/hook',
    'https://017700000001/hook',
    'https://127.0.0.1./hook',
    'https://①②⑦.⓪.⓪.①/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://0/hook',
    'https://[::1]/hook',
    'https://[::]/hook',
    'https://[::ffff:127.0.0.1]/hook',
    'https://[::ffff:7f00:1]/hook',
    'https://[64:ff9b::a9fe:a9fe]/hook',
    'https://[fd00:ec2::254]/hook',
    'https://[fe80::1]/hook',
    'http://93.184.216.34/hook',
    'http://example.com/hook',
    'https://user@example.com/hook',
    'https://user:secret@example.com/hook',
    'https://example.com:22/hook',
    'https://example.com:25/hook',
    'https://example.com:80/hook',
    'ftp://example.com/hook',
    'file:///etc/passwd',
    'gopher://example.com/',
    'data:text/plain,x',
    'unix:/var/run/docker.sock',
    'nonsense',
    '',
  ])('%j is refused, and nothing is resolved or sent', async (url) => {
    const resolved: string[] = []
    const callbacks = createCallbacks({
      allowLoopback: false,
      resolve: (name, _options, done) => {
        resolved.push(name)
        done(null, [])
      },
    })
    expect(callbacks.problemOf(url)).toMatch(/\.$/)
    expect(await callbacks.post(url, {}, '{}')).toEqual({ ok: false, error: { kind: 'forbidden' } })
    expect(resolved).toEqual([])
  })

  test.each([
    'https://example.com/hook',
    'https://example.com:8443/hook?action=1',
    'https://93.184.216.34/hook',
    'https://[2606:2800:220:1::1]/hook',
  ])('%s may be tried', (url) => expect(inProduction.problemOf(url)).toBeNull())

  test.each([
    ['http://localhost:8080/hook', null],
    ['http://127.0.0.1:80/hook', null],
    ['http://10.0.0.1/hook', 'It lies in a private network.'],
  ])('in development, %s: %s', (url, problem) => {
    expect(createCallbacks({ allowLoopback: true }).problemOf(url)).toBe(problem)
  })
})

describe('a request', () => {
  let port = 0
  const seen: string[] = []
  const answers: Record<string, (answer: ServerResponse) => void> = {
    '/hook': (answer) => answer.writeHead(204).end(),
    '/moved': (answer) => answer.writeHead(302, { location: '/hook' }).end(),
    '/gone': (answer) => answer.writeHead(410).end(),
    '/busy': (answer) => answer.writeHead(429, { 'retry-after': '120' }).end(),
    '/busy-words': (answer) => answer.writeHead(503, { 'retry-after': 'soon' }).end(),
    '/past': (answer) => answer.writeHead(503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }).end(),
    '/hangs': () => {},
    '/drips': (answer) => void answer.writeHead(200).write('x'),
    '/cut': (answer) => answer.destroy(),
  }
  const server = createServer((request, answer) => {
    seen.push(`${request.method} ${request.url}`)
    answers[request.url ?? '']?.(answer)
  })
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    seen.length = 0
  })
  const post = (path: string, options: Partial<CallbackOptions> = {}) =>
    createCallbacks({ allowLoopback: true, ...options }).post(`http://localhost:${port}${path}`, {}, '{}')
  const answering =
    (...addresses: readonly string[]): NonNullable<CallbackOptions['resolve']> =>
    (_name, _options, done) =>
      done(
        null,
        addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      )

  test.each([
    ['/hook', { ok: true, value: { status: 204 } }],
    ['/moved', { ok: false, error: { kind: 'status', status: 302, retryAfterMs: null } }],
    ['/gone', { ok: false, error: { kind: 'status', status: 410, retryAfterMs: null } }],
    ['/busy', { ok: false, error: { kind: 'status', status: 429, retryAfterMs: 120_000 } }],
    ['/busy-words', { ok: false, error: { kind: 'status', status: 503, retryAfterMs: null } }],
    ['/past', { ok: false, error: { kind: 'status', status: 503, retryAfterMs: 0 } }],
    ['/drips', { ok: true, value: { status: 200 } }],
    ['/cut', { ok: false, error: { kind: 'unreachable' } }],
  ])('to %s is sent once, whatever it answers, and follows nothing', async (path, expected) => {
    expect(await post(path)).toEqual(expected)
    expect(seen).toEqual([`POST ${path}`])
  })

  it('gives up on a receiver that hangs', async () => {
    expect(await post('/hangs', { timeoutMs: 300 })).toEqual({ ok: false, error: { kind: 'timeout' } })
    expect(seen).toEqual(['POST /hangs'])
  })

  it.each([
    ['a private address', ['10.0.0.1']],
    ['a public and a private one', ['93.184.216.34', '192.168.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['an IPv6 address inside', ['fd00::1']],
    ['an IPv4 address in IPv6 clothes', ['::ffff:10.0.0.1']],
    ['nothing', []],
  ])('to a name that leads to %s is not sent', async (_what, addresses) => {
    expect(await post('/hook', { resolve: answering(...addresses) })).toEqual({
      ok: false,
      error: { kind: 'forbidden' },
    })
    expect(seen).toEqual([])
  })

  it('asks the resolver once: what was checked is what is called', async () => {
    let asked = 0
    const rebinding: NonNullable<CallbackOptions['resolve']> = (name, options, done) => {
      asked += 1
      answering(asked === 1 ? '127.0.0.1' : '10.0.0.1')(name, options, done)
    }
    expect(await post('/hook', { resolve: rebinding })).toEqual({ ok: true, value: { status: 204 } })
    expect(asked).toBe(1)
    expect(await post('/hook', { resolve: rebinding })).toEqual({ ok: false, error: { kind: 'forbidden' } })
    expect(asked).toBe(2)
  })

  it('in production reaches nobody on this machine, also by a public name', async () => {
    const reached: string[] = []
    const listener = createListener((socket) => {
      reached.push('connected')
      socket.destroy()
    })
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
    const address = listener.address()
    const listening = typeof address === 'object' && address ? address.port : 0
    // It is there: somebody on this machine does reach it.
    await new Promise<void>((done) =>
      connect(listening, '127.0.0.1')
        .on('close', () => done())
        .resume(),
    )
    const callbacks = createCallbacks({ allowLoopback: false, resolve: answering('127.0.0.1') })
    const sent = await callbacks.post(`https://agent.example.com:${listening}/hook`, {}, '{}')
    expect(sent).toEqual({ ok: false, error: { kind: 'forbidden' } })
    expect(reached).toEqual(['connected'])
    listener.close()
  })

  it('to a name that does not resolve is unreachable', async () => {
    const resolve: NonNullable<CallbackOptions['resolve']> = (_name, _options, done) =>
      done(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }), [])
    expect(await post('/hook', { resolve })).toEqual({ ok: false, error: { kind: 'unreachable' } })
  })
})
