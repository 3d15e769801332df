import type { World } from './world.ts'

/** Everything that is counted, in an order of its own: two of them are the same exactly when the trust is. */
export async function trustRows(world: World) {
  const rows = (table: string, order: string) => world.query(`select * from ${table} order by ${order}`)
  return {
    cells: await rows('trust_cells', 'workspace_id, scope, scenario, agent_version'),
    days: await rows('trust_days', 'workspace_id, scope, day, scenario, agent_version, wording_changes'),
    scopes: await rows('trust_scopes', 'workspace_id, scope'),
    standings: await rows('standings', 'workspace_id, scope, scenario, agent_id'),
  }
}
