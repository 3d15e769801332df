import { ok } from '../../core/domain/result.ts'
import type { Recipient } from '../../core/ports/kind.ts'
import type { Answer } from '../define.ts'
import { orNull } from '../http.ts'
import type { Mailchimp } from './client.ts'
import { recipientOf } from './recipients.ts'

/** A member of an audience, by the address. */
export type NamedMember = { readonly listId: string; readonly email: string }

/** What Mailchimp says of them itself; somebody whom it does not have is left out. */
export async function readMember({ listId, email }: NamedMember, mailchimp: Mailchimp): Answer<readonly Recipient[]> {
  const member = orNull(await mailchimp.getListedMember(listId, email))
  if (!member.ok) return member
  return ok(member.value === null ? [] : [recipientOf(member.value)])
}
