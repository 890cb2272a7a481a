// Runs a server program and ends it when whoever started this ends, be it by kill -9: then standard input closes.
// Plain JavaScript: it needs nothing else, and starts sooner.
import { spawn } from 'node:child_process'

const { program, args, signal, uid, gid } = JSON.parse(process.argv[2] ?? '')
const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], uid, gid })
server.once('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.once('exit', (code) => process.exit(code ?? 0))
process.stdin.resume().once('close', () => server.kill(signal))
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(name, () => {}) // Ctrl+C reaches all: the lab goes first
