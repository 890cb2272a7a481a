let offset = performance.timeOrigin
const drift = 5 // ms: the system clock was set

/**
 * The time in ms since the epoch, with its fractions: what happens within one millisecond keeps its order, also between
 * requests, and with what timers and sockets do.
 */
export function preciseNow(): number {
  const precise = offset + performance.now()
  const rough = Date.now()
  if (Math.abs(precise - rough) <= drift) return precise
  offset = rough - performance.now()
  return rough
}
