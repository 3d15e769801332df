/** Ids are prefixed so that a person can tell them apart, and branded so that the compiler can. */
declare const brand: unique symbol
type Id<Prefix extends string> = `${Prefix}_${string}` & { readonly [brand]: Prefix }

export type WorkspaceId = Id<'wks'>
export type MemberId = Id<'mem'>
export type AgentId = Id<'agt'>
export type ConnectionId = Id<'con'>
export type ActionId = Id<'act'>
export type PlanId = Id<'pln'>
export type DecisionId = Id<'dec'>
export type ExceptionId = Id<'exc'>
export type PromotionId = Id<'prm'>
/** What people were told about trust. */
export type NoticeId = Id<'ntc'>
/** One measured result of an action. */
export type OutcomeId = Id<'out'>
/** A version of the policy on trial. */
export type PolicyTrialId = Id<'ptr'>
/** Somebody outside the business whom messages reach. */
export type PersonId = Id<'per'>
export type ConsentId = Id<'cns'>
export type SuppressionId = Id<'sup'>
export type SwitchId = Id<'swt'>
/** A member deciding for one who is away. */
export type DelegationId = Id<'dlg'>
export type FeedbackId = Id<'fbk'>
export type CallbackEndpointId = Id<'cbe'>
/** Also the `webhook-id` that the receiver sees. */
export type CallbackDeliveryId = Id<'msg'>

type ByPrefix = {
  wks: WorkspaceId
  mem: MemberId
  agt: AgentId
  con: ConnectionId
  act: ActionId
  pln: PlanId
  dec: DecisionId
  exc: ExceptionId
  prm: PromotionId
  ntc: NoticeId
  out: OutcomeId
  ptr: PolicyTrialId
  per: PersonId
  cns: ConsentId
  sup: SuppressionId
  swt: SwitchId
  dlg: DelegationId
  fbk: FeedbackId
  cbe: CallbackEndpointId
  msg: CallbackDeliveryId
}
export type IdPrefix = keyof ByPrefix
export type IdOf<P extends IdPrefix> = ByPrefix[P]

/** Whether a string from outside has the shape of one of our ids; whether it exists is for the database to say. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is IdOf<P> {
  return text.startsWith(`${prefix}_`) && /^[a-z]{3}_[0-9a-z]{1,40}$/.test(text)
}

/** Makes new ids; 26 characters after the prefix, sortable by time. */
export type NewId = <P extends IdPrefix>(prefix: P) => IdOf<P>
