import fc from 'fast-check'
import { expect, it } from 'vitest'
import { subjectVersions } from '../../core/domain/subject-versions.ts'

it('finds nothing in versions without gaps, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.infiniteStream(fc.nat()), (count, order) => {
      const versions = subjectVersions()
      const all = Array.from({ length: count }, (_, at) => at + 1).sort(() => ((order.next().value ?? 0) % 3) - 1)
      expect(all.map((version) => versions.add('a', version)).filter(Boolean)).toEqual([])
      expect(versions.missing()).toEqual([])
    }),
  )
})

it('names what is missing in the middle, and what is there twice', () => {
  const versions = subjectVersions()
  for (const version of [1, 2, 5, 6, 9]) versions.add('a', version)
  expect(versions.missing()).toEqual([
    { kind: 'version_missing', subject: 'a', from: 3, to: 4 },
    { kind: 'version_missing', subject: 'a', from: 7, to: 8 },
  ])
  expect(versions.add('a', 6)).toEqual({ kind: 'version_twice', event: { subject: 'a', version: 6 } })
  expect(versions.add('a', 1)).toEqual({ kind: 'version_twice', event: { subject: 'a', version: 1 } })
})
