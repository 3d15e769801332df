import { z } from 'zod'
import { ok } from '../../core/domain/result.ts'
import type { Answer } from '../define.ts'
import type { FieldWords } from '../fields.ts'
import { orNull } from '../http.ts'
import type { Mailchimp } from './client.ts'

export const ListId = z.string().regex(/^[0-9a-z]{4,20}$/, 'must be the id of a Mailchimp audience')
export const Email = z.email().max(254)

export const listIdWords: FieldWords = { label: 'Audience', help: 'Id of the audience in Mailchimp', editable: false }

/** Stands in the way when the audience is gone; also proves that the connection is alive. */
export async function audienceIsThere(mailchimp: Mailchimp, listId: string): Answer<readonly string[]> {
  const audience = orNull(await mailchimp.getAudience(listId))
  if (!audience.ok) return audience
  return ok(audience.value === null ? ['This audience is no longer in Mailchimp.'] : [])
}
