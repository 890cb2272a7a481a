import { execFileSync } from 'node:child_process'
import type { Place, Subject } from '../../contract/subject.ts'
import type { Server } from '../../lab/servers/program.ts'

/** A server that stores are tried on. */
export interface Kind {
  /** Starts one on a free loopback port; its files lie in `folder`. */
  start(folder: string): Promise<Server>
  /** Its name and version, as they are to be told. */
  version(): string
}

/** What a subject takes over of its server: `return { ...server, open, … }`. */
export type OnServer = Required<Pick<Subject, 'address'>> &
  Pick<Subject, 'backend' | 'backendVersion' | 'end'>

/** The server of another process where the place names its address, else one that is started for this subject. */
export async function serverFor({ folder, address }: Place, { start, version }: Kind): Promise<OnServer> {
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
