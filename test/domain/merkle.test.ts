import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { hexOf, inclusionProof, leafHash, merkleRoot, provesInclusion } from '../../core/domain/merkle.ts'
import { digest } from '../support/ledger.ts'

const texts = fc.array(fc.string(), { minLength: 1, maxLength: 40 })
const leaves = (of: readonly string[]): Uint8Array[] => of.map((text) => leafHash(text, digest))
const root = (of: readonly string[]): string => hexOf(merkleRoot(leaves(of), digest))

/** The roots over the first leaves of the test vectors of Certificate Transparency (RFC 6962). */
const VECTORS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
test.each([
  [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
])('has the published root over %i leaves', (count, expected) => {
  const bytes = VECTORS.slice(0, count).map((hex) => String.fromCharCode(...Buffer.from(hex, 'hex')))
  // The vectors are bytes below 0x80, which are the same in UTF-8.
  expect(root(bytes)).toBe(expected)
})

it('has another root after any change, deletion, insertion or swap', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.string(), fc.nat(), (all, where, text, elsewhere) => {
      const [at, other] = [where % all.length, elsewhere % all.length]
      const before = root(all)
      if (all[at] !== text) expect(root(all.with(at, text))).not.toBe(before)
      expect(root(all.toSpliced(at, 1))).not.toBe(before)
      expect(root(all.toSpliced(at, 0, text))).not.toBe(before)
      const swapped = all.with(at, all[other] ?? '').with(other, all[at] ?? '')
      if (all[at] !== all[other]) expect(root(swapped)).not.toBe(before)
    }),
  )
})

it('proves each leaf at its place, and nothing else', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), fc.string(), (all, where, elsewhere, forged) => {
      const index = where % all.length
      const made = leaves(all)
      const proof = inclusionProof(made, index, digest) ?? []
      const top = merkleRoot(made, digest)
      const proves = (text: string, at: number, steps = proof): boolean =>
        provesInclusion(leafHash(text, digest), { index: at, count: all.length }, steps, top, digest)
      expect(proves(all[index] ?? '', index)).toBe(true)
      if (forged !== all[index]) expect(proves(forged, index)).toBe(false)
      const other = elsewhere % all.length
      if (all[other] !== all[index]) expect(proves(all[index] ?? '', other)).toBe(false)
      if (proof.length > 0) expect(proves(all[index] ?? '', index, proof.slice(1))).toBe(false)
      expect(proves(all[index] ?? '', index, [...proof, { side: 'left', hash: top }])).toBe(false)
    }),
  )
})

it('takes no node for a leaf', () => {
  const [left, right] = leaves(['a', 'b'])
  const pair = String.fromCharCode(...(left ?? []), ...(right ?? []))
  expect(root(['a', 'b'])).not.toBe(root([pair]))
})

test.each([-1, 3, 0.5])('has no proof for a leaf that is not there: %d', (index) => {
  expect(inclusionProof(leaves(['a', 'b', 'c']), index, digest)).toBeNull()
  expect(provesInclusion(leafHash('a', digest), { index, count: 3 }, [], digest(new Uint8Array()), digest)).toBe(false)
})
