import { expect, it } from 'vitest'
import { sha256 } from '../../core/gate/dependencies.ts'
import { bootstrap } from '../../core/postgres/bootstrap.ts'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { value } from '../support/world.ts'

const its = useWorld()

it('the owner’s token that comes with the installation is theirs alone at every start, whoever issued one meanwhile', async () => {
  const { world, database } = its
  const start = () =>
    bootstrap(database, {
      workspace: {
        id: world.workspaceId,
        name: 'A dental practice',
        timeZone: 'UTC',
        locale: 'en-US',
        currency: 'USD',
        approvalsChannel: 'C1',
      },
      owner: {
        id: world.newId('mem'),
        name: 'Owner',
        email: 'owner@example.com',
        tokenHash: sha256(world.tokens.owner),
      },
      agent: null,
      connections: [],
      slackTeam: null,
      policy: null,
    })
  const ann = await joins(world, 'Ann', 'owner')
  const { token } = value(await world.gate.issueToken(ann, world.owner.id))
  value(await world.gate.changeMember(world.owner, ann.id, { role: 'viewer' }))
  expect(await world.gate.authenticate(token)).toMatchObject({ id: world.owner.id, role: 'viewer' })
  await start()
  expect(await world.gate.authenticate(token)).toBeNull()
  const owner = await world.gate.authenticate(world.tokens.owner)
  expect(owner).toEqual(world.owner)
  await start()
  const [kept] = await database.query('select token_hands, former_tokens from members where id = $1', [world.owner.id])
  expect(kept).toMatchObject({ token_hands: [], former_tokens: [{ hands: [] }, { hands: [ann.id] }] })
})
