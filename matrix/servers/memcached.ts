import { once } from 'node:events'
import { connect } from 'node:net'
import { findProgram, freePort, type Server, startServer } from '../../stores/servers/program.ts'
import { type Kind, versionOf } from './server-for.ts'

const memcachedProgram = () => findProgram('memcached')

/**
 * Starts memcached on a free loopback port, with its own settings: 64 MB, items of at most 1 MB, nothing kept.
 * @throws Error when it is not installed or does not start
 */
async function startMemcached(folder: string): Promise<Server> {
  const program = memcachedProgram()
  if (!program) throw new Error('memcached is not installed')
  const port = await freePort()
  const user = process.getuid?.() === 0 ? ['-u', 'root'] : []
  return startServer(`127.0.0.1:${port}`, {
    program,
    // -vv: the least at which it says that it listens
    args: ['-vv', ...['-l', '127.0.0.1'], ...['-p', String(port)], ...['-U', '0'], ...user],
    cwd: folder,
    ready: /server listening/,
  })
}

export const memcached: Kind = {
  start: startMemcached,
  version: () => versionOf('memcached', memcachedProgram()),
}

/** Stores text under a key, without expiry. */
export async function writeItem(address: string, key: string, text: string): Promise<void> {
  const [host, port] = address.split(':')
  const socket = connect(Number(port), host)
  socket.write(`set ${key} 0 0 ${Buffer.byteLength(text)}\r\n${text}\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  if (!answer.toString().startsWith('STORED')) throw new Error(`memcached did not store ${key}: ${answer}`)
}
