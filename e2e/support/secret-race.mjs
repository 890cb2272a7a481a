// Threads that read the secret of one folder after the other, in each of them at the same moment. Prints what each read.
// Plain JavaScript: a thread begins with it as it is.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { compile } from '../../common/compile.mjs'

const threads = 4

if (isMainThread) {
  const folders = process.argv.slice(3)
  const arrived = new Int32Array(new SharedArrayBuffer(4 * folders.length))
  const hasLinks = process.argv[2] !== 'without-links'
  const secret = await compile('lab/cli/secret.ts')
  const read = Array.from({ length: threads }, () => {
    const thread = new Worker(new URL(import.meta.url), {
      workerData: { folders, arrived, hasLinks, secret },
    })
    return new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject))
  })
  console.log(JSON.stringify(await Promise.all(read)))
} else {
  const { folders, arrived, hasLinks, secret } = workerData
  if (!hasLinks) forbidLinks()
  const { readSecrets } = await import(secret)
  const read = []
  for (const [round, folder] of folders.entries()) {
    everybody(arrived, round)
    try {
      read.push(readSecrets(folder, {})[0])
    } catch (error) {
      read.push(String(error))
    }
  }
  parentPort?.postMessage(read)
}

/**
 * Waits until all threads have come as far as this.
 * @param {Int32Array} arrived
 * @param {number} round
 */
function everybody(arrived, round) {
  Atomics.add(arrived, round, 1)
  Atomics.notify(arrived, round)
  for (let count = Atomics.load(arrived, round); count < threads; count = Atomics.load(arrived, round)) {
    Atomics.wait(arrived, round, count)
  }
}

/** As on a FAT file system. */
function forbidLinks() {
  fs.linkSync = (_from, to) => {
    throw Object.assign(new Error('no links'), { code: fs.existsSync(to) ? 'EEXIST' : 'EPERM' })
  }
  syncBuiltinESMExports()
}
