import { Trouble } from '../../common/words.ts'
import { reasonOf, tellAway } from '../../stores/away.ts'
import { openStore } from '../../stores/open.ts'
import { isServerAddress, shown } from '../../stores/shown.ts'
import { expect, test } from '../support/worker.ts'

const kinds = ['redis:', 'postgresql:'] as const
/** Each holds `hun` and `ter2`, with what may end a password too early between them. */
const passwords = ['/', '@', ':', '#', '?', '%', ' ', '@/', '/@', ':1/', '1#@', '%2', '\\', '\n'].map(
  (mark) => `hun${mark}ter2`,
)
const addresses = kinds.flatMap((kind) =>
  passwords.flatMap((password) =>
    ['', 'me'].flatMap((user) =>
      ['h', 'h:6379', 'h:99999999', 'h:6379/0', 'h/db?a=1', ''].map(
        (rest) => `${kind}//${user}:${password}@${rest}`,
      ),
    ),
  ),
)
const others = [
  'redis://hunter2@',
  'redis://:hunter2',
  'redis:me:hunter2@h',
  'me:hunter2@h:6379',
  'hun-ter2@h',
  'mysql://me:hunter2@h/db',
  'redis://hun:1/ter2@h', // host and port, if nobody looks behind them
  'postgres://hun:1?ter2@h',
]

const tells = (said: string) => /hun|ter2/.test(said)

test('no part of a password is shown, whatever is in it and wherever it ends', () => {
  const asMessage = (address: string) => reasonOf(new Error(`cannot connect to ${address}`))
  expect([...addresses, ...others].filter((address) => tells(shown(address)))).toEqual([])
  expect(addresses.filter((address) => tells(asMessage(address)))).toEqual([])
})

test('what is shown says where the server is, when that is sure', () => {
  expect(shown('redis://127.0.0.1:6379/1')).toBe('redis://127.0.0.1:6379')
  expect(shown('postgres://me:hunter2@[::1]:5432/db')).toBe('postgres://[::1]:5432')
  expect(shown('postgres://me:hun%2Fter2@h/db?user=a%40b')).toBe('postgres://h')
  expect(shown('postgres://me@h')).toBe('postgres://h')
  expect(shown('postgres://me:hun@ter2@h')).toBe('postgres://h')
  for (const whole of ['sqlite:', 'sqlite:/a@b/c', 'memory:', 'redis:', 'nope:', 'redis', ''])
    expect(shown(whole)).toBe(whole)
})

test('an address that cannot be read is refused in words, without any part of it', async () => {
  const unreadable = [...addresses, ...others].filter((address) => !isServerAddress(address))
  expect(unreadable.length).toBeGreaterThan(addresses.length / 2)
  // what the drivers themselves cannot read: a half of a percent sign, a database that is no number
  const all = [...unreadable, 'redis://:hun%ter2@h', 'redis://me:ter2@h/hun']
  const wrong: string[] = []
  for (const address of all) {
    const said = await openStore(address, '', 'bad').then(
      ({ close }) => close().then(() => 'opened'),
      (error: unknown) => (error instanceof Trouble ? error.message : 'no words'),
    )
    if (!/SESSION_STORE=.*[ぁ-ん].*\n[A-Z]/s.test(said) || tells(said)) wrong.push(`${address}: ${said}`)
  }
  expect(wrong).toEqual([])
})

test('who is away is told by host and port', () => {
  const { warn } = console
  const told: string[] = []
  console.warn = (line) => told.push(line)
  const url = 'redis://me:hunter2@h:6379'
  tellAway('Redis', url).failed(new Error(`ECONNREFUSED ${url}`))
  console.warn = warn
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('Redis (redis://h:6379) cannot be reached: ECONNREFUSED redis:…')
  expect(told[0]).not.toContain('hunter2')
})
