import { beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceId } from '../../core/domain/ids.ts'
import { createApp } from '../../core/http/app.ts'
import { type Caller, furnish, MEMBERS, type Things } from '../support/furnished-world.ts'
import { request } from '../support/http-app.ts'
import { publishedOperations } from '../support/http-operations.ts'
import { RIGHTS_OF_ROUTES } from '../support/rights-of-routes.ts'
import { useWorld } from '../support/use-world.ts'
import { createWorld, type World } from '../support/world.ts'

const operations = (await publishedOperations()).filter(({ path }) => path.startsWith('/v1/'))

it('has a row for every route', () => {
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(RIGHTS_OF_ROUTES).toSorted())
})

describe('who may do what, on a real gate with two workspaces', () => {
  const its = useWorld()
  let client: World
  let ours: Awaited<ReturnType<typeof furnish>>
  let theirs: Awaited<ReturnType<typeof furnish>>
  let app: ReturnType<typeof createApp>
  beforeEach(async () => {
    const { world, database } = its
    client = await createWorld(database, { operator: world })
    ours = await furnish(world)
    theirs = await furnish(client)
    app = createApp({
      gate: world.gate,
      kinds: world.context.kinds,
      publicUrl: 'https://gate.example.com',
      version: '0',
      requestId: () => 'req_1',
      readiness: () => Promise.resolve({ checks: [] }),
      docsAsset: () => Promise.resolve(null),
      logger: { warn: () => {}, error: (event, fields) => void faults.push({ event, fields }) },
    })
    faults.length = 0
    return () => client.close()
  })
  const faults: object[] = []

  /** The rows of one workspace, by table, as they are: what a refused request may not touch. But for rate limits. */
  async function rowsOf(workspaceId: WorkspaceId): Promise<Record<string, unknown>> {
    const tables = await its.database.query(
      `select table_name from information_schema.columns
       where table_schema = 'public' and column_name = 'workspace_id' and table_name <> 'rate_limits' order by 1`,
      [],
    )
    const each = tables.map(
      ({ table_name: table }) =>
        `select '${String(table)}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest
         from ${String(table)} t where workspace_id = $1`,
    )
    const rows = await its.database.query(each.join(' union all '), [workspaceId])
    return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
  }

  it.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', async (name, operation) => {
    const row = RIGHTS_OF_ROUTES[name]
    if (!row) throw new Error(`No row for ${name}`)
    const { world } = its
    const ask = async (bearer: string | null, target: Things): Promise<Response> => {
      const url = operation.path.replace('{id}', row.id ? target[row.id] : '').replace('{scope}', row.scope ?? '')
      const answer = await app.request(
        request(url, {
          method: operation.method,
          bearer,
          ...(row.body ? { body: row.body(target) } : {}),
          ...(row.headers ? { headers: row.headers } : {}),
        }),
      )
      await world.settled()
      await client.settled()
      return answer
    }
    const [before, beforeTheirs] = [await rowsOf(world.workspaceId), await rowsOf(client.workspaceId)]
    const untouched = async (who: string) => {
      expect([who, await rowsOf(world.workspaceId), await rowsOf(client.workspaceId)]).toEqual([
        who,
        before,
        beforeTheirs,
      ])
    }

    for (const bearer of [null, 'nobody', `${ours.keys.owner}x`, ours.keys.goneMember, ours.keys.goneAgent])
      expect([bearer, (await ask(bearer, ours.things)).status]).toEqual([bearer, 401])
    await untouched('nobody')

    const may = (who: Caller): boolean =>
      who === 'agent' ? row.right.agent : MEMBERS.indexOf(who) >= MEMBERS.indexOf(row.right.member)
    const callers: readonly Caller[] = ['agent', ...MEMBERS]
    for (const who of callers.filter((one) => !may(one)))
      expect([who, (await ask(ours.keys[who], ours.things)).status]).toEqual([who, 403])
    await untouched('who may not')

    // The other workspace's people and agent, at our things: not there, and nothing of ours in what they get.
    if (row.id !== undefined) {
      for (const who of callers) {
        const { status } = await ask(theirs.keys[who], ours.things)
        expect([who, may(who) ? [404] : [403, 404]]).toEqual([who, expect.arrayContaining([status])])
      }
      await untouched('the other workspace')
    }
    const seen = operation.method === 'GET' && row.id === undefined ? callers : (['agent', 'owner'] as const)
    if (row.id === undefined) {
      for (const who of seen) {
        const text = await (await ask(theirs.keys[who], ours.things)).text()
        // What they themselves sent comes back in the answer of a batch, and nothing else.
        const own = name === 'decideActions' ? [ours.things.waiting, ours.things.hash] : []
        for (const id of [...Object.values(ours.things), world.workspaceId, world.agent.id, world.owner.id])
          if (!own.includes(id)) expect(text).not.toContain(id)
      }
      expect(await rowsOf(world.workspaceId)).toEqual(before)
    }

    const statuses: number[] = []
    for (const who of callers.filter(may)) statuses.push((await ask(ours.keys[who], ours.things)).status)
    // The first who may is served, or refused for what the thing is, never for who asks; it may be used up after that.
    expect([401, 403, 404]).not.toContain(statuses[0])
    for (const status of statuses.slice(1)) expect([401, 403]).not.toContain(status)
    for (const status of statuses) expect(status).not.toBe(500)
    expect(faults).toEqual([])
  })
})
