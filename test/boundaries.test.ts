import { globSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { readImports, type Sources, violations } from './support/import-law.ts'

const ROOT = new URL('../', import.meta.url)
const FOLDERS = ['core', 'connectors', 'slack-app', 'demo', 'docs', 'bench', 'test']

function projectSources(): Sources {
  const present = new Set(readdirSync(ROOT))
  const paths = FOLDERS.filter((folder) => present.has(folder)).flatMap((folder) =>
    // The packages of the comparison lie in bench/node_modules.
    globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT, exclude: ['**/node_modules'] }),
  )
  return new Map(paths.map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]))
}

it('every file of the project keeps the law', { timeout: 60_000 }, () => {
  const sources = projectSources()
  expect(sources.size).toBeGreaterThan(100)
  expect(violations(sources)).toEqual([])
})

it('reads every way to import', () => {
  const text = `
    import type { A } from './a.ts'
    import b, { type C } from 'b/c'
    import { type D, type E } from '../d.ts'
    export * from './e.ts'
    export { f } from './f.ts'
    export type { G } from './g.ts'
    import './h.ts'
    const i = await import('./i.ts')
    type J = import('./j.ts').J
    const k = require('k')
    // import l from './l.ts'
    const m = "import m from './m.ts'"
  `
  expect(readImports('core/http/x.ts', text)).toEqual({
    imports: [
      { from: 'core/http/x.ts', to: 'core/http/a.ts', isPackage: false, typeOnly: true },
      { from: 'core/http/x.ts', to: 'b/c', isPackage: true, typeOnly: false },
      { from: 'core/http/x.ts', to: 'core/d.ts', isPackage: false, typeOnly: true },
      { from: 'core/http/x.ts', to: 'core/http/e.ts', isPackage: false, typeOnly: false },
      { from: 'core/http/x.ts', to: 'core/http/f.ts', isPackage: false, typeOnly: false },
      { from: 'core/http/x.ts', to: 'core/http/g.ts', isPackage: false, typeOnly: true },
      { from: 'core/http/x.ts', to: 'core/http/h.ts', isPackage: false, typeOnly: false },
      { from: 'core/http/x.ts', to: 'core/http/i.ts', isPackage: false, typeOnly: false },
      { from: 'core/http/x.ts', to: 'core/http/j.ts', isPackage: false, typeOnly: true },
      { from: 'core/http/x.ts', to: 'k', isPackage: true, typeOnly: false },
    ],
    computed: false,
    unreadable: null,
  })
})

/** A small project in which everything is allowed; each row below spoils it in one way. */
const LAWFUL: Readonly<Record<string, string>> = {
  'core/domain/level.ts': `export const level = 1`,
  'core/rules/policy.ts': `import { z } from 'zod'\nimport { level } from '../domain/level.ts'`,
  'core/ports/store.ts': `import type { L } from '../domain/level.ts'`,
  'core/gate/gate.ts': `import '../domain/level.ts'\nimport '../rules/policy.ts'\nimport '../ports/store.ts'`,
  'core/postgres/store.ts': `import { sql } from 'drizzle-orm'\nimport type { S } from '../ports/store.ts'`,
  'core/http/app.ts': `import { Hono } from 'hono'\nimport type { G } from '../gate/gate.ts'\nimport '../domain/level.ts'`,
  'core/console/page.tsx': `import type { G } from '../gate/gate.ts'\nexport const page = <p>Hello</p>`,
  'core/cli/tenure.ts': `import { readFile } from 'node:fs/promises'\nimport type { S } from '../ports/store.ts'`,
  'core/entry/node.ts': `import '../http/app.ts'\nimport '../postgres/store.ts'\nimport '../../slack-app/app.ts'\nimport 'node:http'`,
  'core/entry/sandboxes.ts': `import '../../connectors/mailchimp/sandbox.ts'\nimport '../../slack-app/sandbox.ts'`,
  'connectors/registry.ts': `import './mailchimp/connector.ts'\nimport './hubspot/connector.ts'`,
  'connectors/define.ts': `import { createHash } from 'node:crypto'\nimport type { S } from '../core/ports/store.ts'`,
  'connectors/mailchimp/connector.ts': `import '../define.ts'`,
  'connectors/mailchimp/sandbox.ts': `import { Hono } from 'hono'`,
  'connectors/hubspot/connector.ts': `import '../define.ts'`,
  'connectors/hubspot/sandbox.ts': `import '../sandbox-faults.ts'`,
  'connectors/sandbox-faults.ts': `import { Hono } from 'hono'`,
  'slack-app/app.ts': `import type { G } from '../core/gate/gate.ts'`,
  'slack-app/sandbox.ts': ``,
  'demo/run.ts': `import 'node:process'\nimport '../core/domain/level.ts'`,
  'test/core/entry/node.test.ts': `const all = await import(path)\nimport '../../../core/entry/node.ts'\nimport '../../../slack-app/sandbox.ts'`,
}

const broken = (files: Readonly<Record<string, string>>): readonly string[] =>
  violations(new Map(Object.entries({ ...LAWFUL, ...files })))

it('finds nothing wrong with a lawful project', () => {
  expect(broken({})).toEqual([])
})

describe('areas', () => {
  test.each([
    ['core/domain/x.ts', '../rules/policy.ts', 'domain may not import rules'],
    ['core/domain/x.ts', '../ports/store.ts', 'domain may not import ports'],
    ['core/rules/x.ts', '../ports/store.ts', 'rules may not import ports'],
    ['core/rules/x.ts', '../gate/gate.ts', 'rules may not import gate'],
    ['core/ports/x.ts', '../rules/policy.ts', 'ports may not import rules'],
    ['core/ports/x.ts', '../gate/gate.ts', 'ports may not import gate'],
    ['core/gate/x.ts', '../postgres/store.ts', 'gate may not import postgres'],
    ['core/gate/x.ts', '../http/app.ts', 'gate may not import http'],
    ['core/gate/x.ts', '../../connectors/registry.ts', 'gate may not import connectors'],
    ['core/gate/x.ts', '../../slack-app/app.ts', 'gate may not import slack-app'],
    ['core/postgres/x.ts', '../gate/gate.ts', 'postgres may not import gate'],
    ['core/postgres/x.ts', '../rules/policy.ts', 'postgres may not import rules'],
    ['core/http/x.ts', '../rules/policy.ts', 'http may not import rules'],
    ['core/http/x.ts', '../postgres/store.ts', 'http may not import postgres'],
    ['core/http/x.ts', '../../slack-app/app.ts', 'http may not import slack-app'],
    ['core/console/x.tsx', '../http/app.ts', 'console may not import http'],
    ['core/cli/x.ts', '../http/app.ts', 'cli may not import http'],
    ['core/cli/x.ts', '../postgres/store.ts', 'cli may not import postgres'],
    ['slack-app/x.ts', '../core/http/app.ts', 'slack-app may not import http'],
    ['slack-app/x.ts', '../connectors/registry.ts', 'slack-app may not import connectors'],
    ['connectors/x.ts', '../core/gate/gate.ts', 'connectors may not import gate'],
    ['connectors/x.ts', '../core/rules/policy.ts', 'connectors may not import rules'],
    ['core/http/x.ts', '../entry/node.ts', 'http may not import entry'],
    ['core/cli/x.ts', '../entry/node.ts', 'cli may not import entry'],
    ['demo/x.ts', '../core/entry/node.ts', 'demo may not import entry'],
    ['docs/x.ts', '../core/entry/node.ts', 'docs may not import entry'],
    ['bench/x.ts', '../core/entry/node.ts', 'bench may not import entry'],
    ['core/entry/x.ts', '../../test/core/entry/node.test.ts', 'entry may not import test'],
    ['demo/x.ts', '../test/core/entry/node.test.ts', 'demo may not import test'],
  ])('%s importing %s', (path, source, says) => {
    for (const text of [
      `import type { X } from '${source}'`,
      `export * from '${source}'`,
      `const x = await import('${source}')`,
      `type X = import('${source}').X`,
    ]) {
      expect(broken({ [path]: text })).toEqual(expect.arrayContaining([expect.stringContaining(`${path}: ${says}`)]))
    }
  })

  test.each([
    ['core/http/x.ts', '../gate/gate.ts', 'http may import only types of gate'],
    ['core/http/x.ts', '../ports/store.ts', 'http may import only types of ports'],
    ['core/console/x.ts', '../gate/gate.ts', 'console may import only types of gate'],
    ['core/cli/x.ts', '../ports/store.ts', 'cli may import only types of ports'],
    ['slack-app/x.ts', '../core/gate/gate.ts', 'slack-app may import only types of gate'],
  ])('%s importing a value of %s', (path, source, says) => {
    expect(broken({ [path]: `import { type A, b } from '${source}'` })).toEqual([
      expect.stringContaining(`${path}: ${says}`),
    ])
    expect(broken({ [path]: `import { type A, type B } from '${source}'` })).toEqual([])
  })
})

describe('packages', () => {
  test.each([
    ['core/domain/x.ts', 'zod', 'domain may not import the package zod'],
    ['core/ports/x.ts', 'zod', 'ports may not import the package zod'],
    ['core/gate/x.ts', '@slack/bolt/dist', 'gate may not import the package @slack/bolt'],
    ['core/rules/x.ts', 'hono', 'rules may not import the package hono'],
    ['core/http/x.ts', 'drizzle-orm', 'drizzle-orm belongs to core/postgres'],
    ['core/entry/x.ts', 'drizzle-orm/pg-core', 'drizzle-orm belongs to core/postgres'],
    ['connectors/x.ts', 'drizzle-orm', 'drizzle-orm belongs to core/postgres'],
    ['test/x.ts', 'drizzle-orm', 'drizzle-orm belongs to core/postgres'],
    ['core/domain/x.ts', 'node:crypto', 'domain may not import node:crypto'],
    ['core/gate/x.ts', 'node:fs', 'gate may not import node:fs'],
    ['core/http/x.ts', 'node:fs', 'http may not import node:fs'],
    ['core/postgres/x.ts', 'node:path', 'postgres may not import node:path'],
    ['core/console/x.ts', 'node:url', 'console may not import node:url'],
    ['slack-app/x.ts', 'node:buffer', 'slack-app may not import node:buffer'],
    ['connectors/hubspot/sandbox.ts', 'node:http', 'connectors may not import node:http'],
    ['core/ports/x.ts', 'node:util', 'ports may not import node:util'],
    ['core/rules/x.ts', 'node:util', 'rules may not import node:util'],
  ])('%s importing %s', (path, name, says) => {
    expect(broken({ [path]: `import * as x from '${name}'` })).toEqual([`${path}: ${says}`])
  })

  test.each([
    ['core/gate/x.ts', 'node:crypto'],
    ['connectors/x.ts', 'node:crypto'],
    ['slack-app/x.ts', 'node:crypto'],
    ['docs/x.ts', 'node:fs'],
    ['bench/x.ts', 'node:os'],
    ['test/x.ts', 'node:fs'],
    ['test/postgres/x.ts', 'drizzle-orm'],
    ['core/rules/x.ts', 'luxon'],
  ])('%s may import %s', (path, name) => {
    expect(broken({ [path]: `import * as x from '${name}'` })).toEqual([])
  })
})

describe('the rest of the law', () => {
  test.each([
    [
      'one platform importing another',
      { 'connectors/hubspot/x.ts': `import '../mailchimp/connector.ts'` },
      'connectors/hubspot/x.ts: hubspot may not import mailchimp (connectors/mailchimp/connector.ts)',
    ],
    [
      'a connector importing its sandbox',
      { 'connectors/mailchimp/x.ts': `import './sandbox.ts'` },
      'connectors/mailchimp/x.ts: a sandbox is imported only from core/entry/sandboxes.ts and tests (connectors/mailchimp/sandbox.ts)',
    ],
    [
      'the Node entry importing a sandbox by itself',
      { 'core/entry/x.ts': `const s = await import('../../slack-app/sandbox.ts')` },
      'core/entry/x.ts: a sandbox is imported only from core/entry/sandboxes.ts and tests (slack-app/sandbox.ts)',
    ],
    [
      'a connector importing a part of a sandbox',
      { 'connectors/mailchimp/x.ts': `import './sandbox-lists.ts'`, 'connectors/mailchimp/sandbox-lists.ts': '' },
      'connectors/mailchimp/x.ts: a sandbox is imported only from core/entry/sandboxes.ts and tests (connectors/mailchimp/sandbox-lists.ts)',
    ],
    [
      'a file that is not there',
      { 'core/domain/x.ts': `import './gone.ts'` },
      'core/domain/x.ts: imports core/domain/gone.ts, which does not exist',
    ],
    [
      'a computed import',
      { 'core/gate/x.ts': `const where = 'x'; await import(where)` },
      'core/gate/x.ts: imports a path that is computed',
    ],
    ['a file in no area', { 'core/magic/x.ts': `` }, 'core/magic/x.ts: lies in no area of the law'],
    ['a broken file', { 'core/domain/x.ts': `import {` }, 'core/domain/x.ts: cannot be read'],
  ])('%s', (_what, files, says) => {
    expect(broken(files)).toEqual([expect.stringContaining(says)])
  })

  test.each(['utils', 'util', 'helpers', 'common', 'misc', 'manager', 'services'])('a name like %s', (name) => {
    const says = `"${name}" says nothing; name it after what it does`
    expect(broken({ [`core/domain/${name}.ts`]: '' })).toEqual([`core/domain/${name}.ts: ${says}`])
    expect(broken({ [`core/http/${name}/x.ts`]: '' })).toEqual([`core/http/${name}/x.ts: ${says}`])
  })

  test.each(['setGrant', 'set_grant', 'SetGrant'])('%s is not kebab-case', (name) => {
    expect(broken({ [`core/gate/${name}.ts`]: '' })).toEqual([`core/gate/${name}.ts: "${name}" is not kebab-case`])
  })

  it('a ring across areas, but not one inside an area', () => {
    const inside = { 'core/gate/a.ts': `import type { B } from './b.ts'`, 'core/gate/b.ts': `import './a.ts'` }
    expect(broken(inside)).toEqual([])
    const across = {
      'core/domain/a.ts': `import type { B } from '../ports/b.ts'`,
      'core/ports/b.ts': `import './c.ts'`,
      'core/ports/c.ts': `import type { A } from '../domain/a.ts'`,
    }
    expect(broken(across)).toContain(
      'core/domain/a.ts, core/ports/b.ts, core/ports/c.ts: import each other in a ring across areas',
    )
  })
})
