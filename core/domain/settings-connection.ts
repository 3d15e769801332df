import type { ConnectionId } from './ids.ts'

const PREFIX = 'con_settings'

/** The one connection of a platform that the settings make, under an id that never changes. */
// safe: an id of ours
export const settingsConnection = (platform: string): ConnectionId => `${PREFIX}${platform}` as ConnectionId

/** Whether the settings make it: every start writes its credentials anew. */
export const isOfSettings = (id: ConnectionId): boolean => id.startsWith(PREFIX)
