import type { ActionId } from '../../core/domain/ids.ts'
import { executeAction } from '../../core/gate/execute-action.ts'
import type { Store } from '../../core/ports/store.ts'
import type { World } from '../support/world.ts'

class DiedError extends Error {}

/** A gate of its own, which loses its database for good after so many transactions. */
export async function executeAndDie(world: World, id: ActionId, after: number): Promise<void> {
  try {
    await executeAction({ ...world.context, store: mortal(world.store, after) }, world.workspaceId, id)
  } catch (error) {
    if (!(error instanceof DiedError)) throw error
  }
}

function mortal(store: Store, after: number): Store {
  let left = after
  const live = (): void => {
    if (left === 0) throw new DiedError('This gate has died')
    left -= 1
  }
  return {
    ...store,
    transact: async (...given) => (live(), await store.transact(...given)),
    read: async (...given) => (live(), await store.read(...given)),
  }
}
