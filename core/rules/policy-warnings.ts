import type { PolicyDocument } from './policy.ts'

const NO_JUDGE =
  'No judge is set up here (TENURE_JUDGE_URL, TENURE_JUDGE_MODEL): what the judge section is for waits for a person.'

/** What is allowed to stand in a policy, and will not do what its author expects in this installation; a sentence each. */
export const policyWarnings = (document: PolicyDocument, { hasJudge }: { readonly hasJudge: boolean }) =>
  !hasJudge && makesWaitForJudge(document) ? [NO_JUDGE] : []

/** Whether a judge is asked anywhere where its section does more than warn. */
const makesWaitForJudge = ({ judge, scopes = [], warn_only: everywhere = [] }: PolicyDocument): boolean =>
  [{ judge, warn_only: everywhere }, ...scopes].some(
    (place) => place.judge !== undefined && !(place.warn_only ?? everywhere).includes('judge'),
  )
