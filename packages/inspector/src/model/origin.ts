import type { Exchange } from '../exchange.ts'

/**
 * Whether a script of another origin sent it: a browser says so itself (Fetch Metadata), or else its `Origin` names
 * another host. Two ports of one host are two origins that only Fetch Metadata tells apart.
 */
export function isForeignScript({ origin, fetch, client }: Exchange): boolean {
  const { site, mode } = fetch
  if (site !== null) return (site === 'cross-site' || site === 'same-site') && mode === 'cors'
  if (origin === null || !URL.canParse(origin)) return false
  return new URL(origin).hostname.toLowerCase() !== client.host.toLowerCase()
}
