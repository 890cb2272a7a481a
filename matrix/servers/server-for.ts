import { execFileSync } from 'node:child_process'
import type { Adapter, Location } from '#store-contract'
import type { Server } from '../../stores/servers/program.ts'

/** A server that stores are tried on. */
export interface Kind {
  /** Starts one on a free loopback port; its files lie in `folder`. */
  start(folder: string): Promise<Server>
  /** Its name and version, as a report shows them. */
  version(): string
}

/** The part of an adapter that comes from its server: `return { ...server, open, … }`. */
type OnServer = Required<Pick<Adapter, 'address'>> & Pick<Adapter, 'backend' | 'backendVersion' | 'end'>

/** The server at the address that the location names, else one that is started for this adapter. */
export async function serverFor({ folder, address }: Location, { start, version }: Kind): Promise<OnServer> {
  if (address !== undefined) return { address }
  const server = await start(folder)
  return {
    address: server.url,
    backend: { stop: server.stop, start: server.start },
    backendVersion: version(),
    end: server.stop,
  }
}

/** `name` with the first version number that the program prints: `memcached 1.6.18`. */
export function versionOf(name: string, program: string | undefined, flag = '--version'): string {
  const printed = program ? execFileSync(program, [flag], { encoding: 'utf8' }) : ''
  return `${name} ${/\d+(\.\d+)+/.exec(printed)?.[0] ?? '?'}`
}
