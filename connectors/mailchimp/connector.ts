import { z } from 'zod'
import { type Connecting, type Connector, withoutCredentials } from '../connector.ts'
import { kindsOf, openSession } from '../define.ts'
import { createMailchimp, type Mailchimp } from './client.ts'

/** Defines one action kind of Mailchimp. */
export const defineMailchimpKind = kindsOf<Mailchimp>('mailchimp')

const Server = z.string().regex(/^[a-z]{2,4}\d{1,4}$/)

const Credentials = z.union([
  z.object({ apiKey: z.string().min(1), server: Server.optional() }),
  z.object({ accessToken: z.string().min(1), server: Server }),
])
type Credentials = z.infer<typeof Credentials>

const VERSION = '/3.0'

/** Mailchimp through its official client; a base URL given in the configuration always wins. */
export function createMailchimpConnector(connecting: Connecting): Connector {
  return {
    platform: 'mailchimp',
    open(connectionId, credentials) {
      const read = Credentials.safeParse(credentials)
      const secret: Credentials = read.success ? read.data : { apiKey: '' }
      const baseUrl = connecting.baseUrl === undefined ? publicAddress(secret) : withVersion(connecting.baseUrl)
      return openSession<Mailchimp>('mailchimp', connectionId, (timeoutMs) =>
        createMailchimp({
          fetch: read.success ? connecting.fetch : withoutCredentials,
          now: connecting.now,
          timeoutMs: Math.min(timeoutMs, connecting.timeoutMs ?? timeoutMs),
          baseUrl,
          secret,
        }),
      )
    },
  }
}

/** An API key ends in its data centre (`…-us6`); a token comes with it. */
function publicAddress(secret: Credentials): string {
  const told = secret.server ?? ('apiKey' in secret ? secret.apiKey.split('-').at(-1) : undefined)
  const server = Server.safeParse(told)
  return `https://${server.success ? server.data : 'us1'}.api.mailchimp.com${VERSION}`
}

function withVersion(baseUrl: string): string {
  const base = baseUrl.replace(/\/+$/, '')
  return base.endsWith(VERSION) ? base : `${base}${VERSION}`
}
