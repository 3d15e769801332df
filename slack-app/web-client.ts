import { webApi } from '@slack/bolt'
import { type Log, boltLogger } from './log.ts'

export type WebClient = webApi.WebClient
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

const SLACK_API = 'https://slack.com/api/'
/** Where Slack's own `response_url`s live. */
const SLACK_HOOKS = 'https://hooks.slack.com'

/**
 * Options for every WebClient: our fetch, no retries of its own (a limit is honoured by coming back later, not by
 * sleeping inside a worker).
 */
export function clientOptions(options: {
  readonly fetch: Fetch
  readonly apiUrl: string | null
  readonly log: Log
}): webApi.WebClientOptions {
  const apiUrl = options.apiUrl ?? SLACK_API
  return {
    slackApiUrl: apiUrl,
    fetch: guardedFetch(options.fetch, apiUrl),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    allowAbsoluteUrls: false,
    logger: boltLogger(options.log),
  }
}

/**
 * Slack's client asks for `redirect: 'error'`, which workerd refuses: ask for `manual` and refuse a 3xx ourselves. Also
 * keeps calls to Slack's own addresses: a `response_url` is an address that came in from outside.
 */
export function guardedFetch(fetch: Fetch, apiUrl: string): webApi.FetchFunction {
  const origins = [new URL(apiUrl).origin, ...(apiUrl.startsWith(SLACK_API) ? [SLACK_HOOKS] : [])]
  return async (url, init) => {
    if (!origins.includes(new URL(url).origin)) throw new Error('An address that is not Slack’s was refused')
    const response = await fetch(url, { ...requestInit(init), redirect: 'manual' })
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw new Error('Slack answered with a redirect')
    }
    return response
  }
}

function requestInit(init: Parameters<webApi.FetchFunction>[1]): RequestInit {
  if (init === undefined) return {}
  return {
    ...(init.method !== undefined && { method: init.method }),
    ...(init.headers !== undefined && { headers: init.headers }),
    ...(init.body !== undefined && { body: init.body }),
    ...(init.signal !== undefined && { signal: init.signal }),
  }
}

/**
 * What went wrong with a call to Slack. `refused`: Slack said no, nothing happened. `rate_limited`: come back.
 * `unclear`: no clear answer came, it may have happened.
 */
export type SlackTrouble =
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'rate_limited'; readonly afterMs: number }
  | { readonly kind: 'unclear' }

/** The trouble behind an error of the client; anything else is a bug and is thrown on. */
export function troubleOf(error: unknown): SlackTrouble {
  if (error instanceof webApi.WebAPIPlatformError) return { kind: 'refused', error: error.data.error }
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'rate_limited', afterMs: Math.max(1, error.retryAfter) * 1000 }
  }
  if (error instanceof webApi.WebAPIHTTPError || error instanceof webApi.WebAPIRequestError) return { kind: 'unclear' }
  throw error
}
