import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

type Manifest = { readonly dependencies: Readonly<Record<string, string>> }
const read = (path: string): Manifest => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))

it('gives every program of the comparison the same versions as the gate', () => {
  const ours = read('package.json').dependencies
  const theirs = read('bench/package.json').dependencies
  const shared = Object.keys(theirs).filter((name) => name in ours)
  expect(shared).toEqual(expect.arrayContaining(['hono', '@hono/node-server', 'postgres', 'zod', 'pg-boss']))
  expect(shared.map((name) => [name, theirs[name]])).toEqual(shared.map((name) => [name, ours[name]]))
})

it('pins every version', () => {
  for (const version of Object.values(read('bench/package.json').dependencies))
    expect(version).toMatch(/^\d+\.\d+\.\d+/)
})
