import type { Kind, Kinds } from '../core/ports/kind.ts'
import type { Platforms } from '../core/ports/platform.ts'
import type { Webhooks } from '../core/ports/webhooks.ts'
import type { Connecting, Connector } from './connector.ts'
import { parsed, type Fetch } from './http.ts'
import { addToList } from './hubspot/actions/add-to-list.ts'
import { createContact } from './hubspot/actions/create-contact.ts'
import { createNote } from './hubspot/actions/create-note.ts'
import { createTask } from './hubspot/actions/create-task.ts'
import { removeFromList } from './hubspot/actions/remove-from-list.ts'
import { setContactStage } from './hubspot/actions/set-contact-stage.ts'
import { updateContact } from './hubspot/actions/update-contact.ts'
import { createHubSpotConnector } from './hubspot/connector.ts'
import { readHubSpotWebhook } from './hubspot/webhook.ts'
import { createCampaign } from './mailchimp/actions/create-campaign.ts'
import { scheduleCampaign } from './mailchimp/actions/schedule-campaign.ts'
import { sendCampaign } from './mailchimp/actions/send-campaign.ts'
import { sendCampaignTest } from './mailchimp/actions/send-campaign-test.ts'
import { setCampaignContent } from './mailchimp/actions/set-campaign-content.ts'
import { tagMember } from './mailchimp/actions/tag-member.ts'
import { unscheduleCampaign } from './mailchimp/actions/unschedule-campaign.ts'
import { upsertMember } from './mailchimp/actions/upsert-member.ts'
import { createMailchimpConnector } from './mailchimp/connector.ts'
import { readMailchimpWebhook } from './mailchimp/webhook.ts'
import type { ReadWebhook } from './webhook.ts'

const ALL: readonly Kind[] = [
  createContact,
  updateContact,
  setContactStage,
  createNote,
  createTask,
  addToList,
  removeFromList,
  upsertMember,
  tagMember,
  createCampaign,
  setCampaignContent,
  sendCampaignTest,
  scheduleCampaign,
  unscheduleCampaign,
  sendCampaign,
]

/** All action kinds of this installation. */
export function createKinds(): Kinds {
  const byId = new Map(ALL.map((kind) => [kind.id, kind]))
  return { all: ALL, get: (id) => byId.get(id) }
}

const WEBHOOKS: Readonly<Record<string, ReadWebhook>> = {
  hubspot: readHubSpotWebhook,
  mailchimp: readMailchimpWebhook,
}

/** What the platforms of this installation tell by themselves. */
export function createWebhooks(): Webhooks {
  return {
    platforms: Object.keys(WEBHOOKS),
    read(platform, message, credentials, now) {
      const read = WEBHOOKS[platform]
      if (read === undefined) throw new Error(`Nothing is heard from ${platform}`)
      return read(message, parsed(credentials), now)
    },
  }
}

const CONNECTORS: Readonly<Record<string, (connecting: Connecting) => Connector>> = {
  hubspot: createHubSpotConnector,
  mailchimp: createMailchimpConnector,
}

export type PlatformsOptions = {
  readonly fetch: Fetch
  /** By platform; wins over the public address, in every mode. */
  readonly baseUrls?: Readonly<Record<string, string | undefined>>
  /** Wall clock in milliseconds, for the times that go on new notes and a Retry-After that is a date. */
  readonly now?: () => number
  /** Shortens every kind's timeout, in milliseconds. */
  readonly timeoutMs?: number
}

/** Opens sessions with the decrypted JSON credentials of a connection. Throws for a platform that is not built in. */
export function createPlatforms(options: PlatformsOptions): Platforms {
  return {
    open(connection, credentials) {
      const create = CONNECTORS[connection.platform]
      if (create === undefined) throw new Error(`There is no connector for ${connection.platform}`)
      const connector = create({
        fetch: options.fetch,
        baseUrl: options.baseUrls?.[connection.platform],
        now: options.now ?? Date.now,
        timeoutMs: options.timeoutMs,
      })
      return connector.open(connection.id, parsed(credentials))
    },
  }
}
