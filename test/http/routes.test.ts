import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ROUTES } from '../../core/http/routes.ts'

it('mounts every route file of the folders', () => {
  const root = new URL('../../core/http/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const exported = files.flatMap((file) => {
    const source = readFileSync(new URL(file, root), 'utf8')
    return /path: '\/(v1|webhooks)\//.test(source)
      ? [...source.matchAll(/export const (\w+Route) =/g)].map(([, name]) => name ?? '')
      : []
  })
  const registry = readFileSync(new URL('routes.ts', root), 'utf8')
  const mounted = [...(registry.split('ROUTES = [')[1] ?? '').matchAll(/^ {2}(\w+Route),$/gm)].map(
    ([, name]) => name ?? '',
  )
  expect(exported.toSorted()).toEqual(mounted.toSorted())
  expect(mounted).toHaveLength(ROUTES.length)
  expect(new Set(ROUTES).size).toBe(ROUTES.length)
})
