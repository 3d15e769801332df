import { z } from 'zod'
import { parsed } from '../../connectors/http.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import { settingsConnection } from '../domain/settings-connection.ts'
import { sha256 } from '../gate/dependencies.ts'
import type { Secrets } from '../ports/secrets.ts'
import { bootstrap, homeWorkspace } from '../postgres/bootstrap.ts'
import type { Database } from '../postgres/database.ts'
import { createNewId } from '../postgres/new-id.ts'
import type { Config } from './config.ts'
import { logger } from './log.ts'
import { STARTING_POLICY } from './starting-policy.ts'

/** What an installation starts with that the settings may leave open. */
export type FirstKeys = { readonly ownerToken: string; readonly agentKey: string | null }

/**
 * The operator's workspace with an owner, an agent and its connections, as the settings have them; every part is written
 * only where it is missing or has changed. Called under `alone`. Node does so at every start, `tenure install` for a
 * Worker.
 */
export async function installFirst(
  config: Config,
  database: Database,
  secrets: Secrets,
  slack: { readonly teamId: string; readonly channel: string },
  keysOf: (workspaceId: WorkspaceId) => FirstKeys,
): Promise<WorkspaceId> {
  const newId = createNewId(Date.now)
  const workspaceId = (await homeWorkspace(database)) ?? newId('wks')
  const { ownerToken, agentKey } = keysOf(workspaceId)
  const readdressed = await bootstrap(database, {
    workspace: {
      id: workspaceId,
      name: config.TENURE_WORKSPACE_NAME,
      timeZone: config.TENURE_TIME_ZONE,
      locale: config.TENURE_LOCALE,
      currency: config.TENURE_CURRENCY,
      approvalsChannel: slack.channel,
    },
    owner: {
      id: newId('mem'),
      name: 'Owner',
      email: config.TENURE_OWNER_EMAIL.toLowerCase(),
      tokenHash: sha256(ownerToken),
    },
    agent:
      agentKey === null
        ? null
        : { id: newId('agt'), name: 'default', keyHash: sha256(agentKey), keyPrefix: agentKey.slice(0, 18) },
    connections: connectionsFrom(config).map(({ platform, credentials, sandbox }) => {
      const id = settingsConnection(platform)
      const sealed = secrets.seal(JSON.stringify(credentials), id)
      const stillHolds = (kept: string): boolean => isPartOf(secrets.open(kept, id), credentials)
      return { id, platform, name: platform, sealed, stillHolds, sandbox }
    }),
    slackTeam: slack.teamId || null,
    policy: { document: STARTING_POLICY, hash: sha256(JSON.stringify(STARTING_POLICY)) },
  })
  // Whoever is told at the old one what counts hears nothing of it any more.
  for (const connection of readdressed) logger.warn('webhook_url_changed', { connection })
  return workspaceId
}

type Credentials = { readonly [name: string]: string | undefined }
const Kept = z.record(z.string(), z.string())

/** Whether nothing that was kept is gone; what is only added, such as a secret to sign with, gives nobody away. */
function isPartOf(kept: string | null, credentials: Credentials): boolean {
  const read = Kept.safeParse(kept === null ? undefined : parsed(kept))
  return read.success && Object.entries(read.data).every(([name, value]) => credentials[name] === value)
}

function connectionsFrom(
  config: Config,
): readonly { readonly platform: string; readonly credentials: Credentials; readonly sandbox: boolean }[] {
  const found: { platform: string; credentials: Credentials; sandbox: boolean }[] = []
  const inSandbox = (platform: 'hubspot' | 'mailchimp'): boolean => config.sandboxes.includes(platform)
  const hubspot = config.HUBSPOT_ACCESS_TOKEN ?? (inSandbox('hubspot') ? 'sandbox' : undefined)
  const mailchimp = config.MAILCHIMP_API_KEY ?? (inSandbox('mailchimp') ? 'sandbox-us1' : undefined)
  if (hubspot)
    found.push({
      platform: 'hubspot',
      credentials: {
        accessToken: hubspot,
        clientSecret: config.HUBSPOT_CLIENT_SECRET,
        portalId: config.HUBSPOT_PORTAL_ID,
      },
      sandbox: inSandbox('hubspot'),
    })
  if (mailchimp) {
    const server = mailchimp.slice(mailchimp.lastIndexOf('-') + 1)
    found.push({
      platform: 'mailchimp',
      credentials: { apiKey: mailchimp, server, webhookSecret: config.MAILCHIMP_WEBHOOK_SECRET },
      sandbox: inSandbox('mailchimp'),
    })
  }
  return found
}
