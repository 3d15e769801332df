/** The wait that a `Retry-After` header asks for, in milliseconds: seconds, or a date. Null: nothing that can be read. */
export function retryAfter(written: string | null | undefined): number | null {
  if (!written) return null
  if (/^\d{1,9}$/.test(written)) return Number(written) * 1000
  const at = Date.parse(written)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}
