import { createHubSpotSandbox } from '../../connectors/hubspot/sandbox.ts'
import { createMailchimpSandbox } from '../../connectors/mailchimp/sandbox.ts'
import { createKinds, createPlatforms, type PlatformsOptions } from '../../connectors/registry.ts'
import { isId } from '../../core/domain/ids.ts'
import type { Kind } from '../../core/ports/kind.ts'
import type { Connection, Session } from '../../core/ports/platform.ts'
import { listen } from './listen.ts'
import { conforming, hasVendorSpecs, hubspotSpec, mailchimpSpec } from './vendor-specs.ts'

export const NOW = new Date('2026-02-02T10:00:00.000Z')

/** What a connection of each platform keeps; the stand-ins take any key. */
export const CREDENTIALS: Readonly<Record<string, string>> = {
  hubspot: JSON.stringify({ accessToken: 'a-token' }),
  mailchimp: JSON.stringify({ apiKey: 'a-key-us6', server: 'us6' }),
}

export function connectionTo(platform: string): Connection {
  const [id, workspaceId] = ['con_test', 'wks_test']
  if (!isId('con', id) || !isId('wks', workspaceId)) throw new Error('These are ids')
  return { id, workspaceId, platform, name: platform, state: 'live' }
}

export function kindOf(id: string): Kind {
  const kind = createKinds().get(id)
  if (kind === undefined) throw new Error(`There is no kind ${id}`)
  return kind
}

/** A session of a kind's platform. */
export function sessionFor(kind: Kind, options: PlatformsOptions, credentials = CREDENTIALS[kind.platform]): Session {
  return createPlatforms({ now: () => NOW.getTime(), ...options }).open(connectionTo(kind.platform), credentials ?? '')
}

let specs: { hubspot: ReturnType<typeof hubspotSpec>; mailchimp: ReturnType<typeof mailchimpSpec> } | undefined

/**
 * Both stand-ins on loopback, each behind the validator where the vendors' descriptions are there. `isGuarded: false`
 * is for tests that make a stand-in answer what no vendor would.
 */
export async function startPlatforms(now: () => Date = () => NOW, { isGuarded = true } = {}) {
  if (hasVendorSpecs && isGuarded) specs ??= { hubspot: hubspotSpec(), mailchimp: mailchimpSpec() }
  const hubspot = createHubSpotSandbox({ now })
  const mailchimp = createMailchimpSandbox({ now })
  const guarded = {
    hubspot: conforming(hubspot.app, isGuarded ? (specs?.hubspot ?? null) : null),
    mailchimp: conforming(mailchimp.app, isGuarded ? (specs?.mailchimp ?? null) : null),
  }
  const listening = { hubspot: await listen(guarded.hubspot), mailchimp: await listen(guarded.mailchimp) }
  const baseUrls = { hubspot: listening.hubspot.url, mailchimp: listening.mailchimp.url }
  const violations = () => [...guarded.hubspot.violations, ...guarded.mailchimp.violations]
  const stop = async () => {
    await listening.hubspot.close()
    await listening.mailchimp.close()
  }
  return {
    hubspot,
    mailchimp,
    baseUrls,
    violations,
    session: (kind: Kind, more: Partial<PlatformsOptions> = {}) =>
      sessionFor(kind, { fetch: globalThis.fetch, baseUrls, ...more }),
    sandboxOf: (kind: Kind) => (kind.platform === 'hubspot' ? hubspot : mailchimp),
    stop,
    /** Stops, and fails where a request or an answer broke a vendor's description. */
    close: async () => {
      await stop()
      const [first] = violations()
      if (first !== undefined) throw new Error(`${first.side} of ${first.method} ${first.path}: ${first.says}`)
    },
  }
}

export type Platforms = Awaited<ReturnType<typeof startPlatforms>>
