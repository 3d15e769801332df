import { expect, it, test } from 'vitest'
import { errorWords } from '../../core/http/error-words.ts'

const SECRET = 'patient-7@example.com'
/** As drizzle's DrizzleQueryError: statement and parameters in the message, and so in the stack. */
const failed = (cause?: Error): Error =>
  new Error(`Failed query: insert into members values ($1)\nparams: ${SECRET},\n    at params (secret)`, { cause })

it('tells the database’s own error, where it was thrown, and nothing of the statement', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "members_email"'), {
    code: '23505',
  })
  const words = errorWords(failed(cause))
  expect(words).toEqual({
    name: 'Error',
    code: '23505',
    message: 'duplicate key value violates unique constraint "members_email"',
    stack: expect.arrayContaining([expect.stringMatching(/^at .*error-words\.test\.ts:\d+:\d+/)]),
  })
  expect(JSON.stringify(words)).not.toMatch(/params|patient-7|insert into|secret/)
})

it('tells no statement where there is no cause', () => {
  const words = errorWords(failed())
  expect(words).toMatchObject({ name: 'Error', code: null, message: 'A query failed.' })
  expect(words.stack.length).toBeGreaterThan(0)
  expect(JSON.stringify(words)).not.toMatch(/params|patient-7|insert into|secret/)
})

it('nor where a wrapper repeats it', () => {
  const inner = failed(new Error('the connection was closed'))
  const words = errorWords(new Error(`It could not be stored: ${inner.message}`, { cause: inner }))
  expect(words.message).toBe('the connection was closed')
  expect(JSON.stringify(words)).not.toMatch(/params|patient-7|insert into|secret/)
})

it('keeps our own words, with the code of what caused them', () => {
  const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })
  expect(errorWords(new Error('Port 8787 is taken.', { cause: taken }))).toMatchObject({
    message: 'Port 8787 is taken.',
    code: 'EADDRINUSE',
  })
})

test.each<[unknown, string]>([
  ['gone', 'gone'],
  [null, 'A null was thrown'],
  [{ params: [SECRET] }, 'A object was thrown'],
])('a thrown %j', (thrown, message) =>
  expect(errorWords(thrown)).toEqual({ name: 'NotAnError', code: null, message, stack: [] }),
)

it('comes to an end where causes go in a circle', () => {
  const error = failed()
  error.cause = error
  expect(errorWords(error).message).toBe('A query failed.')
})
