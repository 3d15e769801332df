import { pgTable, text } from 'drizzle-orm/pg-core'
import { workspaceId } from './columns.ts'

/** Which workspace a Slack team belongs to; the bot token is encrypted like any credential. */
export const slackTeams = pgTable('slack_teams', {
  teamId: text('team_id').primaryKey(),
  workspaceId: workspaceId(),
  botToken: text('bot_token'),
})
