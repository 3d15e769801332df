/** What has to hold before this process takes requests; `says` names what to mend, never a secret. */
export type Readiness = {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly says?: string }[]
}
