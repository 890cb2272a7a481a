import { setTimeout as pause } from 'node:timers/promises'

interface Target {
  webSocketDebuggerUrl: string
}

const inspectorPort = 9229 // Node's own, when a process is asked for it by a signal
const patience = 5_000 // ms

/**
 * Loads the inspector into a process that runs, over Node's own debugging port, which is closed again afterwards. Its
 * express-session has been loaded long ago: requests, stores and rows are seen, debug lines and options are not.
 * @throws Error in words when there is no such process, or it cannot be reached
 */
export async function attachTo(
  pid: string,
  told: { register: string; address: string; isWhole: boolean; peek: string | undefined },
): Promise<void> {
  if (!/^\d+$/.test(pid)) throw new Error(`--pidには数を書いてください。 / --pid takes a number: ${pid}`)
  if (await target()) {
    throw new Error(
      `ポート${inspectorPort}はほかのプロセスのデバッグに使われています。 / port ${inspectorPort} is in use by another process that is being debugged.`,
    )
  }
  try {
    process.kill(Number(pid), 'SIGUSR1')
  } catch {
    throw new Error(`プロセス${pid}はありません。 / there is no process ${pid} that you may signal.`)
  }
  const deadline = Date.now() + patience
  let found = await target()
  while (!found && Date.now() < deadline) {
    await pause(50)
    found = await target()
  }
  if (!found)
    throw new Error(
      `プロセス${pid}はNodeのアプリではないようです。 / process ${pid} does not answer as Node does.`,
    )
  const code =
    `process.env.SESSION_INSPECTOR_HUB=${JSON.stringify(told.address)};process.env.SESSION_INSPECTOR_LATE='yes';` +
    (told.peek === undefined ? '' : `process.env.SESSION_INSPECTOR_PEEK=${JSON.stringify(told.peek)};`) +
    (told.isWhole ? `process.env.SESSION_INSPECTOR_ALL='yes';` : '') +
    `process.getBuiltinModule('node:module').createRequire(${JSON.stringify(told.register)})(${JSON.stringify(told.register)});` +
    `setTimeout(()=>process.getBuiltinModule('node:inspector').close(),100)`
  await evaluate(found.webSocketDebuggerUrl, code)
}

async function target(): Promise<Target | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)
    const [first] = (await answer.json()) as Target[]
    return first
  } catch {
    return undefined
  }
}

const evaluate = (address: string, expression: string) =>
  new Promise<void>((resolve, reject) => {
    const socket = new WebSocket(address)
    socket.addEventListener('error', () => reject(new Error('the debugging port does not answer')))
    socket.addEventListener('open', () => {
      const params = { expression, includeCommandLineAPI: true }
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }))
    })
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as {
        id?: number
        result?: { exceptionDetails?: { exception?: { description?: string } } }
      }
      if (id !== 1) return
      socket.close()
      const failure = result?.exceptionDetails
      if (failure) reject(new Error(failure.exception?.description ?? 'it could not be loaded'))
      else resolve()
    })
  })
