import { z } from 'zod'
import { openSession, kindsOf } from '../define.ts'
import { type Connecting, type Connector, withoutCredentials } from '../connector.ts'
import { createHubSpot, type HubSpot } from './client.ts'

/** Defines one action kind of HubSpot. */
export const defineHubSpotKind = kindsOf<HubSpot>('hubspot')

const Credentials = z.object({ accessToken: z.string().min(1) })

const PUBLIC_ADDRESS = 'https://api.hubapi.com'

/** HubSpot through its official client; a base URL given in the configuration always wins. */
export function createHubSpotConnector(connecting: Connecting): Connector {
  const baseUrl = (connecting.baseUrl ?? PUBLIC_ADDRESS).replace(/\/+$/, '')
  return {
    platform: 'hubspot',
    open(connectionId, credentials) {
      const read = Credentials.safeParse(credentials)
      return openSession<HubSpot>('hubspot', connectionId, (timeoutMs) =>
        createHubSpot({
          fetch: read.success ? connecting.fetch : withoutCredentials,
          now: connecting.now,
          timeoutMs: Math.min(timeoutMs, connecting.timeoutMs ?? timeoutMs),
          baseUrl,
          accessToken: read.success ? read.data.accessToken : '',
        }),
      )
    },
  }
}
