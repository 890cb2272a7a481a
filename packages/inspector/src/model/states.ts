export const cookieStates = [
  'none',
  'until-close',
  'remaining',
  'held',
  'expired',
  'refused',
  'wrong',
  'doubled',
] as const
/**
 * What the browser has, as far as the session is concerned. `held`: there, and nobody has seen until when. `wrong`: a
 * signature that does not fit, or none at all.
 */
export type KnownCookieState = (typeof cookieStates)[number]
/** `unknown`: requests passed unrecorded since it was last seen. */
export type CookieState = KnownCookieState | 'unknown'

export const rowStates = ['none', 'present', 'gone', 'expired'] as const
/**
 * What lies in the store under the sid in question. `none`: there never was one, as far as is known; `gone`: there was;
 * `expired`: still lying there, and no longer handed out.
 */
export type KnownRowState = (typeof rowStates)[number]
/** `unknown`: the store did not answer when it was looked at, or its last call failed. */
export type RowState = KnownRowState | 'unknown'

/** Whether there is a cookie that the browser would send. */
export const isThere = (state: CookieState): boolean =>
  state === 'until-close' ||
  state === 'remaining' ||
  state === 'held' ||
  state === 'wrong' ||
  state === 'doubled'

/** Whether there is no row, be it that there never was one. */
export const isAbsent = (state: RowState): boolean => state === 'none' || state === 'gone'
