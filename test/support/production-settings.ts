/** What a gate in production cannot start without. `key`: 32 bytes, base64. */
export const productionSettings = (key: string) => ({
  TENURE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/tenure',
  TENURE_SECRET_KEY: key,
  TENURE_LEDGER_KEY: key,
  TENURE_ADMIN_TOKEN: 'a-token-of-twenty-characters',
  TENURE_PUBLIC_URL: 'https://gate.example.com',
  SLACK_SIGNING_SECRET: 's',
  SLACK_BOT_TOKEN: 'b',
  SLACK_TEAM_ID: 'T1',
  SLACK_APPROVALS_CHANNEL: 'C1',
})
