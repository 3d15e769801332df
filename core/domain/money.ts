/** Integer minor units (cents) with an ISO 4217 currency. Never a float, never without its currency. */
export type Money = { readonly minor: number; readonly currency: string }
