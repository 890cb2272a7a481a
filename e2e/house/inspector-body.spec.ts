import { request } from 'node:http'
import session from 'express-session'
import { listen } from '../../lab/http/listen.ts'
import { createRecorder } from '../../packages/inspector/src/recorder.ts'
import { expect, test } from '../support/worker.ts'

/** Sends a body in two pieces, the second one when the server has long begun to read. */
const post = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const sent = request({ host: 'localhost', port, method: 'POST', agent: false }, (res) => {
      res.resume().on('end', resolve)
    })
    sent.on('error', reject)
    sent.write('one,')
    setTimeout(() => sent.end('two'), 30)
  })

test('what is done when the body has been read belongs to its request, however it is read', async () => {
  const recorder = createRecorder()
  const store = recorder.watchStore(new session.MemoryStore())
  const listening = await listen(
    recorder.watch((req, res) => {
      let body = ''
      req.setEncoding('utf8')
      req.on('data', (piece) => {
        body += piece
      })
      req.on('end', () => store.destroy(body, () => res.end()))
    }) as never,
    0,
  )
  await post(listening?.port as number)
  await expect
    .poll(() => recorder.exchanges()[0]?.calls.map(({ method, sid }) => [method, sid]))
    .toEqual([['destroy', 'one,two']])
  expect(recorder.outside()).toEqual([])
  await listening?.close()
})
