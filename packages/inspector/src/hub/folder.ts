import { mkdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Windows has named pipes, and no folders for them. */
export const isPipe = (address: string): boolean => address.startsWith('\\\\')

/**
 * Makes the folder of a hub's socket; one that a hub which was killed has left behind is taken over.
 * @throws Error when there is a hub at this address
 */
export async function takeFolder(address: string): Promise<void> {
  if (isPipe(address)) return
  try {
    mkdirSync(dirname(address), { mode: 0o700 })
  } catch (error) {
    // whoever made it just now is about to listen
    if ((await answers(address)) || (await pause(1_000).then(() => answers(address)))) throw error
    rmSync(address, { force: true })
  }
}

/** Leaves nothing behind. */
export function leaveFolder(address: string): void {
  if (!isPipe(address)) rmSync(dirname(address), { recursive: true, force: true })
}

const answers = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address)
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
