import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import type { Naming } from '../ports/people.ts'
import type { Workspace } from '../ports/rows.ts'
import { countryOf, identifierText } from '../rules/person-identifiers.ts'
import type { Dependencies } from './dependencies.ts'

const SHORTEST = 5

/**
 * How a person is written, for a search in what was proposed: each identifier as it was given and in its one spelling,
 * and a platform's own id by itself where that platform's actions hold one.
 */
export function namedBy(
  { kinds }: Pick<Dependencies, 'kinds'>,
  identifiers: readonly GivenIdentifier[],
  { locale }: Pick<Workspace, 'locale'>,
): Naming {
  const country = countryOf(locale)
  const spelled = identifiers.map((one) => ({ ...one, text: identifierText(one, country)?.slice(one.kind.length + 1) }))
  const texts = spelled.flatMap(({ value, text }) => [value.trim(), ...(text === undefined ? [] : [text])])
  const ids = spelled.flatMap(({ kind, text }) => {
    if (kind !== 'platform' || text === undefined) return []
    const [platform, id] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
    const its = kinds.all.filter((one) => one.platform === platform)
    return [
      {
        platform,
        id,
        fields: [
          ...new Set(its.flatMap(({ fields }) => fields.filter(({ person }) => person).map(({ name }) => name))),
        ],
        kinds: its.filter(({ refersTo }) => refersTo === 'person').map((one) => one.id),
      },
    ]
  })
  return { texts: [...new Set(texts)].filter((text) => text.length >= SHORTEST), ids }
}
