import type { ConnectionId, WorkspaceId } from '../domain/ids.ts'
import { sha256 } from '../gate/dependencies.ts'
import type { Secrets } from '../ports/secrets.ts'
import { bootstrap, homeWorkspace } from '../postgres/bootstrap.ts'
import type { Database } from '../postgres/database.ts'
import { createNewId } from '../postgres/new-id.ts'
import type { Config } from './config.ts'
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
  await bootstrap(database, {
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
      // safe: one connection a platform comes from the settings, under a name that never changes
      const id = `con_settings${platform}` as ConnectionId
      return { id, platform, name: platform, sealed: secrets.seal(credentials, id), sandbox }
    }),
    slackTeam: slack.teamId || null,
    policy: { document: STARTING_POLICY, hash: sha256(JSON.stringify(STARTING_POLICY)) },
  })
  return workspaceId
}

function connectionsFrom(
  config: Config,
): readonly { readonly platform: string; readonly credentials: string; readonly sandbox: boolean }[] {
  const found: { platform: string; credentials: string; sandbox: boolean }[] = []
  const inSandbox = (platform: 'hubspot' | 'mailchimp'): boolean => config.sandboxes.includes(platform)
  const hubspot = config.HUBSPOT_ACCESS_TOKEN ?? (inSandbox('hubspot') ? 'sandbox' : undefined)
  const mailchimp = config.MAILCHIMP_API_KEY ?? (inSandbox('mailchimp') ? 'sandbox-us1' : undefined)
  if (hubspot)
    found.push({
      platform: 'hubspot',
      credentials: JSON.stringify({ accessToken: hubspot, clientSecret: config.HUBSPOT_CLIENT_SECRET }),
      sandbox: inSandbox('hubspot'),
    })
  if (mailchimp) {
    const server = mailchimp.slice(mailchimp.lastIndexOf('-') + 1)
    found.push({
      platform: 'mailchimp',
      credentials: JSON.stringify({ apiKey: mailchimp, server, webhookSecret: config.MAILCHIMP_WEBHOOK_SECRET }),
      sandbox: inSandbox('mailchimp'),
    })
  }
  return found
}
