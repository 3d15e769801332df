/** What the OpenAPI document says besides its routes. */
export function openApiInfo(deps: { readonly publicUrl: string; readonly version: string }) {
  return {
    openapi: '3.1.0' as const,
    info: {
      title: 'Tenure',
      version: deps.version,
      description:
        'The autonomy gate for marketing. Every write is proposed; guardrails run; the earned level decides whether a person is asked. Errors are application/problem+json, explained at [/docs/problems](/docs/problems).',
    },
    // The first is wherever this document was read, so that the page at /docs can try requests out.
    servers: [{ url: '/' }, { url: deps.publicUrl }],
    security: [{ bearer: [] }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
  }
}

const TAGS = [
  ['Actions', 'Proposed writes and their whole life'],
  ['Plans', 'Ordered sets of actions, decided as one'],
  ['Feedback', 'What people said about proposals, offered back to the agent'],
  ['Switches', 'Stop and resume'],
  ['Exceptions', 'What waits for a person because the gate could not settle it'],
  ['Grants', 'The levels that people granted, and how they take them back'],
  ['Promotions', 'More autonomy that the evidence proposes, and what people are told about it'],
  ['Trust', 'What the evidence comes to, and why'],
  ['Rollout', 'From an audit of workflows to levels, step by step'],
  ['Policies', 'The guardrails'],
  ['Budgets', 'What is reserved and spent'],
  ['Members', 'People and their roles'],
  ['Agents', 'Who proposes, and their keys'],
  ['Callbacks', 'Where agents are told, how that fares, and what signs it'],
  ['Connections', 'Credentials for platforms'],
  ['Webhooks', 'What platforms tell by themselves'],
  ['People', 'What people agreed to, who must not be contacted, and what is kept of them'],
  ['Ledger', 'The sealed record'],
  ['Kinds', 'What may be proposed'],
  ['Health', 'For whoever runs it'],
] as const
