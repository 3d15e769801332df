import { z } from 'zod'
import { ok } from '../../core/domain/result.ts'
import type { PreviewLine } from '../../core/ports/kind.ts'
import type { Answer } from '../define.ts'
import type { FieldWords } from '../fields.ts'
import { orNull } from '../http.ts'
import type { HubSpot } from './client.ts'

export const ContactId = z.string().regex(/^\d{1,20}$/, 'must be the number of a HubSpot contact')
export const Email = z.email().max(320)
const Short = z.string().max(500)

export const contactIdWords: FieldWords = {
  label: 'Contact',
  help: 'Number of the contact in HubSpot',
  editable: false,
  person: true,
}

/** Fields with a name of their own; an empty text clears the property. */
export const namedFields = {
  firstName: Short.optional(),
  lastName: Short.optional(),
  phone: Short.optional(),
  company: Short.optional(),
  jobTitle: Short.optional(),
}

const PROPERTY_OF = {
  email: 'email',
  firstName: 'firstname',
  lastName: 'lastname',
  phone: 'phone',
  company: 'company',
  jobTitle: 'jobtitle',
} as const

/** Properties that are set through a field of their own or through another kind. */
const NOT_AS_PROPERTY = new Set<string>([...Object.values(PROPERTY_OF), 'lifecyclestage', 'hs_object_id'])

export const MoreProperties = z
  .record(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,99}$/, 'must be the internal name of a HubSpot property')
      .refine((name) => !NOT_AS_PROPERTY.has(name), 'has a field or an action of its own')
      .refine((name) => !name.startsWith('hs_email_optout'), 'is for the contact alone to say'),
    z.string().max(65_536),
  )
  .optional()

export const namedWords = {
  firstName: { label: 'First name' },
  lastName: { label: 'Last name' },
  phone: { label: 'Phone' },
  company: { label: 'Company' },
  jobTitle: { label: 'Job title' },
} satisfies Record<string, FieldWords>

export const propertiesWords: FieldWords = {
  label: 'Other properties',
  help: 'HubSpot properties by internal name; an empty text clears one',
}

type ContactInput = { readonly [Name in keyof typeof PROPERTY_OF]?: string | undefined } & {
  readonly properties?: Readonly<Record<string, string>> | undefined
}

/** The HubSpot properties that an input sets. */
export function propertiesOf(input: ContactInput): Record<string, string> {
  const properties: Record<string, string> = { ...input.properties }
  for (const [field, property] of entries(PROPERTY_OF)) {
    const value = input[field]
    if (value !== undefined) properties[property] = value
  }
  return properties
}

function entries<T extends object>(record: T): [keyof T, T[keyof T]][] {
  // safe: the record is a literal, so its keys are the keys of its type
  return Object.entries(record) as [keyof T, T[keyof T]][]
}

const LABELS: Readonly<Record<string, string>> = {
  email: 'E-mail',
  firstname: 'First name',
  lastname: 'Last name',
  phone: 'Phone',
  company: 'Company',
  jobtitle: 'Job title',
}

/** A property's name as a marketer knows it. */
export const labelOf = (property: string): string => LABELS[property] ?? property.replaceAll('_', ' ')

export const labelsOf = (properties: readonly string[]): Record<string, string> =>
  Object.fromEntries(properties.map((property) => [property, labelOf(property)]))

export const linesOf = (properties: Readonly<Record<string, string>>): readonly PreviewLine[] =>
  Object.entries(properties).map(([property, value]) => ({
    label: labelOf(property),
    value: value === '' ? 'cleared' : value,
  }))

/** The touched properties as they are; HubSpot has no difference between empty and never set. */
export const Touched = z.record(z.string(), z.string().nullable())
export type Touched = z.infer<typeof Touched>

export function touched(
  names: readonly string[],
  properties: Readonly<Record<string, string | null | undefined>>,
): Touched {
  return Object.fromEntries(names.map((name) => [name, properties[name] || null]))
}

/** The writable form: HubSpot clears a property that is set to an empty text. */
export const writable = (properties: Touched): Record<string, string> =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, value ?? '']))

/** Stands in the way when the contact is gone; also proves that the connection is alive. */
export async function contactIsThere(hubspot: HubSpot, contactId: string): Answer<readonly string[]> {
  const contact = orNull(await hubspot.getContact(contactId, ['email']))
  if (!contact.ok) return contact
  return ok(contact.value === null ? ['This contact is no longer in HubSpot.'] : [])
}
