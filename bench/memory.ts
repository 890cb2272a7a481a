import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments, wholeNumber } from '../common/arguments.ts'
import { reportTrouble } from '../common/words.ts'
import { load } from './load.ts'
import { type Running, startServer } from './running.ts'

const command = {
  run: 'npm run bench:memory',
  options: {
    requests: wholeNumber({ value: '<n>' }, 100_000, {
      ja: '1つのサーバーへのリクエストの数',
      en: 'requests to each server',
    }),
  },
  notes: {
    ja: 'メモリーは常駐サイズ(MB)です。attachedは観察を付けたもの、recordedはさらにすべてのリクエストを記録したものです。',
    en: 'Memory is the resident size in MB. attached has the inspector, recorded also has every request recorded.',
  },
}

const names = ['plain', 'control', 'attached', 'recorded'] as const
const looks = 5
const connections = 8

/** Sends about `count` requests. */
async function send(server: Running, count: number): Promise<void> {
  for (let sent = 0; sent < count; ) sent += (await load(server.port, { connections, ms: 1_000 })).requests
}

/** The memory of the same app alone, alone once more, and with the inspector attached in two ways, as requests go by. */
async function main() {
  const options = readArguments(command)
  if (!options) return
  const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'))
  const servers: Running[] = []
  try {
    for (const name of names) servers.push(await startServer(name, folder, {}, false))
    console.log(`requests  ${names.join('  ')}`)
    for (let look = 0; look <= looks; look++) {
      const sizes = await Promise.all(servers.map((server) => server.memory()))
      const cells = sizes.map((bytes, n) => `${Math.round(bytes / 1e6)} MB`.padEnd(names[n]?.length ?? 0))
      console.log(`${String((look * options.requests) / looks).padEnd(8)}  ${cells.join('  ')}`)
      if (look < looks) for (const server of servers) await send(server, options.requests / looks)
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

await main().catch(reportTrouble)
