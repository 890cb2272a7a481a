const server = /^(?:rediss?|postgres(?:ql)?):\/\/[^/?#]+(.*)$/s

/**
 * Whether this is the address of a server that can be read in one way only. An `@` behind the host is none: it may end
 * a password with a `/`, `?` or `#` in it, of which a half would then be taken for host and port.
 */
export const isServerAddress = (url: string): boolean =>
  server.exec(url)?.[1]?.includes('@') === false && URL.canParse(url)

/**
 * A store's url as it may be shown to anybody: kind, and host and port of a server that can be read. User and password
 * never, nor what may be one in an address that cannot be read.
 */
export function shown(url: string): string {
  if (isServerAddress(url)) return `${new URL(url).protocol}//${new URL(url).host}`
  if (/^sqlite:|^\w*$/.test(url)) return url
  const kind = /^\w+:/.exec(url)?.[0] ?? ''
  return url === kind ? kind : `${kind}…`
}

/** A text of others, as a driver's message, without the address of a server that may stand in it. */
export const withoutAddress = (message: string): string =>
  message.replace(/\b(rediss?|postgres(?:ql)?):\/\/.*/gs, '$1:…')
