/**
 * What doing it twice does. `safe`: twice is once. `keyed`: the platform honours our key. `unsafe`: never repeated by
 * us unless its absence was proved.
 */
export type Repeat = 'safe' | 'keyed' | 'unsafe'

/**
 * What can be taken back. `exact`: the platform is as before. `compensating`: a second write makes good. `held`: only
 * before the effect. `none`: nothing.
 */
export type Undo = 'exact' | 'compensating' | 'held' | 'none'

export type Effect = {
  readonly repeat: Repeat
  readonly undo: Undo
  /** Unpublished work with an exact undo (drafts, content): passes and is recorded from level 2 up. */
  readonly preparing?: boolean
}

export type Risk = 'low' | 'medium' | 'high'
