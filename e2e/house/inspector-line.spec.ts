import type { Exchange } from '#inspector'
import { exchangeLine, readExchange } from '../../packages/inspector/src/attach/exchange-line.ts'
import { exchange, storeCall } from '../support/exchange.ts'
import { expect, test } from '../support/worker.ts'

/** What the hub makes of the line that a process sends. */
function sentOver(given: Exchange) {
  const line = exchangeLine({ exchange: given, port: 4711 })
  expect(line).not.toContain('\n')
  const end = line.indexOf(' ')
  return readExchange(Number(line.slice(1, end)), line.slice(end + 1))
}

const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code))

test('what a process tells of an exchange arrives as it was', () => {
  const underWay = exchange({ id: 12, duration: null, headAt: null, end: null, status: null })
  const whole = exchange({
    cookie: '',
    origin: 'null',
    fetch: { site: 'same-origin', mode: 'cors', dest: 'empty' },
    sessions: [1, 20],
    headAt: 1.25,
    end: 'cut',
    location: '/日本語',
    setCookie: ['a=1; Path=/', '', 'b=2'],
    processes: [{ slot: 1, pid: 99 }],
    calls: [
      storeCall({ data: '{"text":"\\u001f\\n"}' }),
      storeCall({ error: 'gone', errorCode: 'ENOENT', duration: null }),
      storeCall({ method: 'set', sid: '', error: '', facts: { answers: 1, size: 20 } }),
      storeCall({ facts: { answers: 2, size: 0, losses: ['at: Date'], isOwn: false } }),
    ],
    debug: ['fetching x', '', 'session found'],
    facts: { host: 'a:1', isEncrypted: false, unsaved: '{"a":"\n\u001f"}' },
  })
  const given = [exchange(), underWay, whole, exchange({ url: '', client: { host: '', userAgent: '' } })]
  expect(given.map(sentOver)).toEqual(given.map((one) => ({ exchange: one, port: 4711 })))
})

test('no text of an exchange is taken for the end of another: control characters, wherever they stand', () => {
  const texts = [...controls, ...controls.map((one) => `a${one}b`), `${controls.join('')}"\\`]
  const given = texts.map((text) =>
    exchange({
      client: { host: text, userAgent: text },
      ...{ server: text, method: text, url: text, cookie: text, origin: text, location: text },
      fetch: { site: text, mode: text, dest: text },
      setCookie: [text, text],
      calls: [storeCall({ sid: text, data: text, error: text, errorCode: text })],
      debug: [text, text],
    }),
  )
  expect(given.map(sentOver)).toEqual(given.map((one) => ({ exchange: one, port: 4711 })))
})
