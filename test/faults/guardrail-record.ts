import type { Fetch } from '../../connectors/http.ts'
import type { MailchimpState } from '../../connectors/mailchimp/sandbox-seed.ts'
import type { Database } from '../../core/postgres/database.ts'
import type { Caps } from './guardrail-limits.ts'
import type { StopTarget } from './guardrail-schedule.ts'

/** When something was asked and answered, in places of one order; `atMs` is the machine's clock at the answer. */
export type Span = {
  readonly asked: number
  readonly answered: number
  readonly askedMs: number
  readonly answeredMs: number
}

/** A request that may change something on a platform, at the moment at which the gate begins it. */
export type Write = { readonly begun: number; readonly method: string; readonly path: string; readonly subject: string }
export type Sent = {
  readonly campaignId: string
  readonly at: Date
  readonly atMs: number
  readonly to: readonly string[]
  readonly entry: number
}
export type StopMade = Span & { readonly target: StopTarget; readonly executing: readonly string[] }
export type Consent = Span & { readonly email: string; readonly standing: 'given' | 'withdrawn'; readonly at: Date }
/** Something proposed, by the one thing on the platform that only it changes. */
export type Proposed = {
  readonly id: string
  readonly subject: string
  readonly kind: 'hubspot.list.add' | 'mailchimp.campaign.send' | 'mailchimp.campaign.schedule'
  readonly isOfTopic: boolean
}

export type Claim = {
  readonly actionId: string
  readonly direction: 'do' | 'undo'
  readonly at: Date
  /** By the machine's clock, as it commits. */
  readonly atMs: number
  readonly caps: Partial<Caps>
  /** Of each budget that it is charged to: what is used then. */
  readonly used: Readonly<Record<string, number>>
}

/** What was seen from outside: told by nobody but the platforms, the answers and the database. */
export type Recorded = ReturnType<typeof createRecord>

export function createRecord() {
  let place = 0
  const tick = (): number => (place += 1)
  return {
    tick,
    writes: [] as Write[],
    sends: [] as Sent[],
    stops: [] as StopMade[],
    resumes: [] as Span[],
    consents: [] as Consent[],
    proposed: [] as Proposed[],
    async span<T>(ask: () => Promise<T>): Promise<{ readonly answer: T; readonly span: Span }> {
      const [asked, askedMs] = [tick(), Date.now()]
      const answer = await ask()
      return { answer, span: { asked, askedMs, answered: tick(), answeredMs: Date.now() } }
    },
  }
}

const READS = /\/(batch\/read|search)$/

/** Notes each write as it begins, before anything is on its way. */
export const noting =
  (record: Pick<Recorded, 'tick' | 'writes'>, mailchimp: () => MailchimpState, fetch: Fetch): Fetch =>
  async (url, init) => {
    const { pathname: path } = new URL(url)
    const method = String(init.method)
    if (method !== 'GET' && !READS.test(path)) {
      const body = typeof init.body === 'string' ? init.body : ''
      record.writes.push({ begun: record.tick(), method, path, subject: subjectOf(path, body, mailchimp()) })
    }
    return await fetch(url, init)
  }

/** A list, a campaign, or the action that a segment was made for. */
function subjectOf(path: string, body: string, { lists }: MailchimpState): string {
  const [, list] = /^\/crm\/v3\/lists\/(\d+)\//.exec(path) ?? []
  if (list !== undefined) return `list ${list}`
  const [, campaign] = /^\/3\.0\/campaigns\/(\w+)/.exec(path) ?? []
  if (campaign !== undefined) return `campaign ${campaign}`
  const [, audience = '', segment = ''] = /^\/3\.0\/lists\/(\w+)\/segments\/(\d+)/.exec(path) ?? []
  const named = lists[audience]?.segments[segment]?.name ?? body
  return /act_\w+/.exec(named)?.[0] ?? path
}

/** Whom Mailchimp would send a campaign to at this moment. */
export function recipientsOf({ campaigns, lists }: MailchimpState, campaignId: string): readonly string[] {
  const campaign = campaigns[campaignId]
  const list = lists[campaign?.listId ?? '']
  const subscribed = Object.values(list?.members ?? {}).filter(({ status }) => status === 'subscribed')
  const segment = campaign?.segmentId == null ? null : list?.segments[String(campaign.segmentId)]
  return subscribed.map(({ email }) => email).filter((email) => segment === null || segment?.emails?.includes(email))
}

/** Has the database itself note every claim as it commits: when, under which caps, and what is used by then. */
export async function noteClaims(database: Pick<Database, 'exec'>): Promise<void> {
  await database.exec(`
    create schema seen;
    create table seen.claims (place bigserial primary key, action_id text, direction text, at timestamptz,
      at_ms double precision, caps jsonb, used jsonb);
    create function seen.note_claim() returns trigger language plpgsql security definer as $$
    begin
      insert into seen.claims (action_id, direction, at, at_ms, caps, used) values (
        new.action_id, new.direction, new.started_at, extract(epoch from clock_timestamp()) * 1000,
        (select p.document->'budget' from public.policies p join public.control c using (workspace_id)
          where p.workspace_id = new.workspace_id and p.version = c.policy_version),
        (select jsonb_object_agg(b."window", b.reserved + b.committed) from public.budgets b
          where b.workspace_id = new.workspace_id and b."window" in (
            select charge->>'window' from public.action_states st, jsonb_array_elements(st.charges) charge
            where st.action_id = new.action_id)));
      return null;
    end $$;
    create constraint trigger note_claim after insert on public.executions deferrable initially deferred
      for each row execute function seen.note_claim();`)
}

/** The claims so far, in the order in which they committed; forgets them. */
export async function takeClaims(database: Pick<Database, 'query' | 'exec'>): Promise<readonly Claim[]> {
  const rows = await database.query('select * from seen.claims order by at_ms, place', [])
  await database.exec('delete from seen.claims')
  // safe: written by the trigger
  return rows.map((row) => ({
    actionId: String(row['action_id']),
    direction: row['direction'] === 'undo' ? 'undo' : 'do',
    at: new Date(String(row['at'])),
    atMs: Number(row['at_ms']),
    caps: capsIn(row['caps'] as Record<string, { cap?: number }> | null),
    used: (row['used'] ?? {}) as Record<string, number>,
  }))
}

function capsIn(budget: Readonly<Record<string, { cap?: number }>> | null): Partial<Caps> {
  const of = (period: keyof Caps) => {
    const cap = budget?.[period]?.cap
    return cap === undefined ? {} : { [period]: cap }
  }
  return { ...of('day'), ...of('week'), ...of('month') }
}
