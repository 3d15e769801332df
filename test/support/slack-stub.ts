import { type Listening, listen } from './listen.ts'

/** A Slack that takes every message and shows it to nobody: for several processes that share one workspace. */
export async function startSlackStub(): Promise<
  Listening & { readonly posted: () => number; readonly env: Readonly<Record<string, string>> }
> {
  let posted = 0
  const listening = await listen({
    fetch: async (request) => {
      if (request.url.endsWith('chat.postMessage')) posted += 1
      const ts = `1770000000.${String(posted).padStart(6, '0')}`
      return Response.json({ ok: true, channel: 'C0APPROVALS', ts, view: { id: 'V1' }, message_ts: ts })
    },
  })
  return {
    ...listening,
    posted: () => posted,
    env: {
      SLACK_API_URL: `${listening.url}/api/`,
      SLACK_SIGNING_SECRET: 'a-signing-secret',
      SLACK_BOT_TOKEN: 'xoxb-stub',
      SLACK_TEAM_ID: 'T0STUB',
      SLACK_APPROVALS_CHANNEL: 'C0APPROVALS',
    },
  }
}
