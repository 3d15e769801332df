const BASE = 36
const MOST_CODE_POINT = 0x10ffff

/** A host with its international labels in their own letters (`xn--mnchen-3ya.de` is `münchen.de`). */
export const hostInLetters = (host: string): string =>
  host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decoded(label.slice(4)) ?? label) : label))
    .join('.')

/** RFC 3492, section 6.2; null: not punycode. */
function decoded(input: string): string | null {
  const cut = input.lastIndexOf('-')
  const output = Array.from(input.slice(0, Math.max(cut, 0)), (one) => one.codePointAt(0) ?? 0)
  let [n, i, bias] = [128, 0, 72]
  for (let at = cut < 0 ? 0 : cut + 1; at < input.length; ) {
    const before = i
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(input.charCodeAt(at++))
      if (digit === null) return null
      i += digit * weight
      const threshold = Math.min(Math.max(k - bias, 1), 26)
      if (digit < threshold) break
      weight *= BASE - threshold
      if (i > MOST_CODE_POINT * 64 || weight > MOST_CODE_POINT * 64) return null
    }
    const length = output.length + 1
    bias = adapted(i - before, length, before === 0)
    n += Math.floor(i / length)
    i %= length
    if (n > MOST_CODE_POINT) return null
    output.splice(i++, 0, n)
  }
  return String.fromCodePoint(...output)
}

function digitOf(unit: number): number | null {
  if (unit >= 48 && unit <= 57) return unit - 22
  const letter = unit | 32
  return letter >= 97 && letter <= 122 ? letter - 97 : null
}

function adapted(delta: number, length: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? 700 : 2))
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > 455; k += BASE) rest = Math.floor(rest / 35)
  return k + Math.floor((36 * rest) / (rest + 38))
}
