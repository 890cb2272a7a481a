import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import express from 'express'
import session from 'express-session'
import type { StoreCall } from '../../packages/inspector/src/exchange.ts'
import { html } from '../../packages/inspector/src/html.ts'
import { createInspector } from '../../packages/inspector/src/index.ts'
import { actionOf } from '../../packages/inspector/src/model/action.ts'
import { type ClientId, clientId } from '../../packages/inspector/src/model/client.ts'
import { chooseFocus, liveFocus } from '../../packages/inspector/src/model/focus.ts'
import type { JarSight } from '../../packages/inspector/src/model/jar-source.ts'
import { lifetimeOf } from '../../packages/inspector/src/model/lifetime.ts'
import {
  type CookieLook,
  type Look,
  lookAtCookie,
  lookAtPair,
} from '../../packages/inspector/src/model/look.ts'
import type { PeekedRow } from '../../packages/inspector/src/model/rows.ts'
import { readSetCookie } from '../../packages/inspector/src/model/set-cookie.ts'
import { createStory } from '../../packages/inspector/src/model/story.ts'
import { detailsHtml, remarksOn } from '../../packages/inspector/src/panel/details.ts'
import { listedSteps } from '../../packages/inspector/src/panel/list.ts'
import { otherRow, otherRows, otherRowsHtml } from '../../packages/inspector/src/panel/other-rows.ts'
import { panelHtml } from '../../packages/inspector/src/panel/page.ts'
import { createPrinter, fill } from '../../packages/inspector/src/panel/print.ts'
import { readQuery, searchOf } from '../../packages/inspector/src/panel/query.ts'
import { timelineHtml, timelineOf, timelineWindow } from '../../packages/inspector/src/panel/timeline.ts'
import { exchange, storeCall } from '../support/exchange.ts'
import { expect, secret, test } from '../support/fixtures.ts'
import { signed } from '../support/wire.ts'

const raw = signed('the-sid', secret)
const name = 'app.sid'
const call = (method: StoreCall['method'], data: string | null): StoreCall =>
  storeCall({ method, sid: 'the-sid', at: 0, data })
const begun = exchange({
  url: '/tap',
  setCookie: [`${name}=${raw}; Path=/; HttpOnly`],
  calls: [call('set', '{"cookie":{"expires":null},"count":1}')],
  debug: ['saving the-sid'],
})
const visit = exchange({ id: 2, at: 1_001_000, cookie: `${name}=${raw}`, debug: ['fetching the-sid'] })
const icon = exchange({ id: 3, at: 1_002_000, url: '/favicon.ico', cookie: `${name}=${raw}` })
const me = clientId(begun.client)
const own = { name, store: 1 }
const now = 1_010_000

function sourceOf(exchanges = [begun, visit, icon]) {
  const story = createStory({ secrets: [secret] })
  story.follow(exchanges)
  return { story, exchanges, jars: [], asker: me, canPeek: false, isRunning: undefined, now }
}
const query = readQuery({ query: { lang: 'en' } }, false)
const dataOf = (at: string | null, source = sourceOf()) => {
  const focus = chooseFocus(source, { ...query, at }, liveFocus(source, query))
  return { source, query, focus, look: null, limit: 500, canTamper: false }
}

test.describe('the cookie, by the evidence that there is', () => {
  const sight = (given: Partial<JarSight>): JarSight => ({
    by: 'browser',
    values: [],
    sees: () => true,
    ...given,
  })
  const look = (sights: JarSight[] = [], exchanges = [begun, visit], client: ClientId = me): CookieLook => {
    const { story } = sourceOf(exchanges)
    const sources = sights.map((one) => ({ look: () => one }))
    return lookAtCookie(story, { client, server: 'app', session: own, moment: now }, sources)
  }

  test('what is seen counts more than what follows from the record; the first source counts', () => {
    expect(look()).toMatchObject({ state: 'until-close', by: 'inferred', value: { sid: 'the-sid' } })
    const other = signed('other', secret)
    const seen = look([
      sight({ values: [other], expires: now + 5 }),
      sight({ by: 'measured', values: [raw] }),
    ])
    expect(seen).toMatchObject({
      state: 'remaining',
      by: 'browser',
      value: { sid: 'other' },
      expires: now + 5,
    })
  })

  test('a source that would not see the path is passed over', () => {
    expect(look([sight({ sees: () => false })])).toMatchObject({ state: 'until-close', by: 'inferred' })
  })

  test('set and not there: refused, with the reasons of the browser; gone, once it has come back', () => {
    const blind = sight({ refusals: () => ['SecureOnly'] })
    expect(look([blind], [begun])).toMatchObject({
      state: 'refused',
      refused: { setBy: 1, line: begun.setCookie[0] },
      blocked: { refusal: ['SecureOnly'] },
    })
    expect(look([blind])).toMatchObject({ state: 'none', isGone: true })
  })

  test('expired, refused by rule, brought along, and never seen', () => {
    const set = (attributes: string) => [exchange({ ...begun, setCookie: [`${name}=${raw}; ${attributes}`] })]
    expect(look([], set('Path=/; Max-Age=2'))).toMatchObject({ state: 'expired', expires: 1_002_005 })
    expect(look([], set('SameSite=None'))).toMatchObject({
      state: 'refused',
      refused: { reason: 'none-needs-secure' },
    })
    const brought = exchange({ ...visit, calls: [call('get', '{}')] })
    expect(look([], [brought])).toMatchObject({ state: 'held', attributes: null, expires: undefined })
    const nobody = clientId({ host: 'elsewhere', userAgent: '' })
    expect(look([], [begun], nobody)).toMatchObject({ state: 'none', value: null, name })
  })

  test('each source is asked once', () => {
    let asked = 0
    const source = { look: () => void asked++ as undefined }
    lookAtCookie(sourceOf().story, { client: me, server: 'app', session: own, moment: now }, [source])
    expect(asked).toBe(1)
  })
})

test.describe('what is looked at', () => {
  test('now: the newest exchange of the one who asks that had to do with the session', () => {
    const { focus } = dataOf(null)
    expect(focus).toMatchObject({ chosen: null, step: { exchange: { id: 2 } }, server: 'app' })
    expect(focus.place).toEqual({ client: me, server: 'app', session: own, moment: now })
  })

  test('a moment, also of an exchange that is not on the timeline; an unknown one is now', () => {
    expect(dataOf('1').focus).toMatchObject({ chosen: { id: '1' }, place: { moment: 1_000_005 } })
    expect(dataOf('3').focus).toMatchObject({ chosen: { id: '3' }, step: { exchange: { id: 3 } } })
    expect(dataOf('3').focus.moments.map(({ id }) => id)).toEqual(['1', '2'])
    expect(dataOf('99').focus.chosen).toBeNull()
  })

  test('an address leads back to the query that it was made of', () => {
    const asked = { lang: 'en', at: '12c', client: 'B', list: 'all', record: 'imported' }
    expect(Object.fromEntries(new URLSearchParams(searchOf(readQuery({ query: asked }, true))))).toEqual(
      asked,
    )
    expect(searchOf(readQuery({ query: { at: '<', client: '1' } }, false))).toBe('?')
  })
})

test('a redirect and what it led to are one action, and nothing else is', () => {
  const tap = exchange({ ...begun, id: 1, method: 'POST', status: 302, location: '/?done=1' })
  const after = (given: Partial<typeof tap>) =>
    exchange({ id: 2, url: '/?done=1', at: tap.at + 20, ...given })
  const ids = (...given: (typeof tap)[]) => {
    const steps = sourceOf(given).story.steps()
    const last = steps.at(-1)
    return last && actionOf(steps, last).map((step) => step.exchange.id)
  }
  expect(ids(tap, after({}))).toEqual([1, 2])
  expect(ids(tap, after({ url: '/' }))).toEqual([2])
  expect(ids(tap, after({ at: tap.at + 60_000 }))).toEqual([2])
  expect(ids(tap, after({ client: { host: '127.0.0.1', userAgent: '' } }))).toEqual([2])
  expect(ids({ ...tap, status: 200 }, after({}))).toEqual([2])
  expect(ids(tap, after({ status: 302, location: '/end' }), after({ id: 3, url: '/end' }))).toEqual([1, 2, 3])
})

test('countdowns are drawn against the lifetime that was given, else against the longer time left', () => {
  const look = (data: string | null, cookie: number | null, row: number | null) =>
    ({ cookie: { expires: cookie }, row: { data, expires: row } }) as Look
  const given = JSON.stringify({ cookie: { originalMaxAge: 60_000 }, originalMaxAge: 1 })
  expect(lifetimeOf(look(given, 5_000, 5_000), 1_000)).toBe(60)
  expect(lifetimeOf(look('{"cookie":{}}', 5_000, 9_000), 1_000)).toBe(8)
  expect(lifetimeOf(look('cut off', null, null), 1_000)).toBe(30)
  expect(lifetimeOf(null, 1_000)).toBe(30)
})

test('what was given 10 s has never 11, though its clock is read a little late', () => {
  const data = dataOf(null)
  const { countdown } = createPrinter(data)
  expect(countdown(data.source.now + 10_150, 'row').html).toContain('10 s left')
  expect(countdown(data.source.now + 10_500, 'row').html).toContain('11 s left')
})

test('a countdown is urgent below 3 s, and not before', () => {
  const data = dataOf(null)
  const isUrgent = (ms: number) =>
    createPrinter(data)
      .countdown(data.source.now + ms, 'row')
      .html.includes('is-urgent')
  expect([3_100, 3_000, 2_999, 100].map(isUrgent)).toEqual([false, false, true, true])
})

test.describe('the timeline', () => {
  const moments = Array.from({ length: 100 }, (_, index) => ({ id: String(index) }))
  const window = (chosen: string | null, given = moments) => {
    const shown = timelineWindow(given, chosen, 36)
    return [shown[0]?.id, shown.at(-1)?.id, shown.length]
  }

  test('shows the newest moments, or those around the chosen one', () => {
    expect(window(null)).toEqual(['64', '99', 36])
    expect(window('50')).toEqual(['32', '67', 36])
    expect(window('98')).toEqual(['64', '99', 36])
    expect(window('gone')).toEqual(['64', '99', 36])
    expect(window('1', moments.slice(0, 5))).toEqual(['0', '4', 5])
    expect(window(null, [])).toEqual([undefined, undefined, 0])
  })

  test('always shows the chosen one, the oldest as well', () => {
    for (const { id } of moments) expect(timelineWindow(moments, id, 36)).toContainEqual({ id })
    expect(window('2')).toEqual(['0', '35', 36])
  })

  test('says how many moments lie before and after what is shown, and has one stop for the tab key', () => {
    const many = Array.from({ length: 100 }, (_, index) => exchange({ ...begun, id: index + 1 }))
    const tabStops = (at: string | null) => {
      const data = dataOf(at, sourceOf(many))
      const line = timelineOf(data.source, data.focus)
      const { html: text } = timelineHtml(line, data.focus, createPrinter(data))
      const links = [...text.matchAll(/<a [^>]*data-moment[^>]*>/g)].map(([link]) => link)
      const stops = links.filter((link) => !link.includes('tabindex="-1"'))
      return [line.older, line.newer, links.length, stops.map((link) => /id="moment-(\d+)"/.exec(link)?.[1])]
    }
    expect(tabStops(null)).toEqual([64, 0, 36, ['100']])
    expect(tabStops('51')).toEqual([32, 32, 36, ['51']])
  })

  test('has a lane for each browser that is seen in it, and the cookie and row of each moment', () => {
    const other = exchange({ ...begun, id: 4, client: { host: '127.0.0.1', userAgent: '' } })
    const { source, focus } = dataOf(null, sourceOf([begun, visit, other]))
    const { lanes, columns } = timelineOf(source, focus)
    expect(lanes.map(({ letter }) => letter)).toEqual(['A', 'B'])
    expect(columns.map(({ moment, gap }) => [moment.id, gap])).toEqual([
      ['1', 0],
      ['4', 0],
      ['2', 1],
    ])
    expect(columns[2]?.cookies.map(({ state }) => state)).toEqual(['until-close', 'until-close'])
    expect(columns[2]?.row).toMatchObject({ state: 'present' })
  })

  test('numbers the steps of the session one after the other, whatever else was asked for between them', () => {
    const source = sourceOf([begun, icon, exchange({ ...visit, id: 7, at: 1_003_000 })])
    const data = dataOf(null, source)
    const print = createPrinter(data)
    expect(source.story.steps().map(print.number)).toEqual(['1', '–', '2'])
    const text = timelineHtml(timelineOf(source, data.focus), data.focus, print).html
    expect([...text.matchAll(/data-moment[^>]*>(\d+)</g)].map(([, number]) => number)).toEqual(['1', '2'])
    const none = dataOf(null, sourceOf([icon]))
    expect(none.source.story.steps().map(createPrinter(none).number)).toEqual(['3'])
  })

  test('a new chapter begins with an empty timeline, and what came before is still to be seen', () => {
    const shown = (at: string | null, since: number) => {
      const source = { ...sourceOf([begun, visit]), since }
      const { columns, older } = timelineOf(source, dataOf(at, source).focus)
      return [columns.map(({ moment }) => moment.id), older]
    }
    expect(shown(null, 0)).toEqual([['1', '2'], 0])
    expect(shown(null, 1_000_500)).toEqual([['2'], 1])
    expect(shown(null, 1_005_000)).toEqual([[], 2])
    expect(shown('1', 1_005_000)).toEqual([['1', '2'], 0])
  })

  test('after a new chapter has begun ① and the details wait for its first request, and show none of before', () => {
    const shown = (at: string | null, since: number) => {
      const data = dataOf(at, { ...sourceOf([begun]), since } as ReturnType<typeof sourceOf>)
      const { place } = data.focus
      const look = place && lookAtPair(data.source.story, place, lookAtCookie(data.source.story, place))
      const text = panelHtml({ ...data, look }, '').html
      const wire = /id="inspector-wire".*?<\/section>/s.exec(text)?.[0] ?? ''
      return [
        wire.includes('/tap'),
        wire.includes('since you started over'),
        text.includes('id="inspector-details"'),
      ]
    }
    expect(shown(null, 1_000_000)).toEqual([true, false, true])
    expect(shown(null, 1_005_000)).toEqual([false, true, false])
    expect(shown('1', 1_005_000)).toEqual([true, false, true])
  })

  test('a cookie that stays is a strip: its name once, then its shape', () => {
    const data = dataOf(null)
    const text = timelineHtml(timelineOf(data.source, data.focus), data.focus, createPrinter(data)).html
    const lane = /<tr class="lane-browser">.*?<\/tr>/s.exec(text)?.[0] ?? ''
    expect(lane.match(/class="sid sid-1"/g)).toHaveLength(1)
    expect(lane.match(/class="glyph sid-1"/g)).toHaveLength(1)
  })
})

test.describe('the details', () => {
  test('each attribute that is there is explained, and each whose absence means something', () => {
    const remarks = (line: string) =>
      remarksOn(readSetCookie(line)).map((one) => ('has' in one ? one.has.key : `no ${one.lacks}`))
    expect(remarks('a=1; Path=/; HttpOnly')).toEqual([
      'path',
      'httponly',
      'no expires',
      'no domain',
      'no samesite',
    ])
    expect(remarks('a=1; Max-Age=1; Domain=x; SameSite=Lax')).not.toContain('no expires')
  })

  test('of one exchange: the value taken apart, the calls, what changed, or why there is no Set-Cookie', () => {
    const data = dataOf('1')
    const print = createPrinter(data)
    const [first, second] = data.source.story.steps()
    if (!first || !second) throw new Error('no steps')
    expect(detailsHtml(first, print).html).toContain('<ins>1</ins>')
    const later = detailsHtml(second, print).html
    expect(later).toContain('<code class="part part-sid" title="sid">the-sid</code>')
    expect(later).toContain('Why there is no Set-Cookie')
  })
})

test('the other rows: all but the own one, and those that went a moment ago', () => {
  const { rows } = sourceOf().story
  rows.notePeek('#1', 'left', { data: '{}' }, now)
  rows.notePeek('#1', 'gone', { data: '{}' }, now - 10)
  rows.notePeek('#1', 'gone', undefined, now)
  const known = ['the-sid', 'left', 'gone', 'never'].map((sid) => ({
    server: 'app',
    store: 1,
    shelf: '#1',
    sid,
  }))
  const at = (moment: number) =>
    otherRows(known, rows, { client: me, server: 'app', session: own, moment }, 'the-sid').map(
      ({ sid }) => sid,
    )
  expect(at(now)).toEqual(['left', 'gone'])
  expect(at(now + 60_000)).toEqual(['left'])
  const inChapter = (since: number, moment: number) =>
    otherRows(known, rows, { client: me, server: 'app', session: own, moment }, 'the-sid', since).length
  expect(inChapter(now + 1, now + 2)).toBe(1) // who starts over does not see what went before
  expect(inChapter(now + 1, now)).toBe(2) // and whoever looks back does
})

test('of the other rows three are in sight, the newest first, and the rest is folded', () => {
  const source = sourceOf([begun, exchange({ ...visit, server: 'second' })])
  const sids = ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee']
  const others = (count: number) => {
    const rows = sids.slice(0, count).map((sid) => ({
      ...{ server: 'app', store: 1, shelf: '#1', sid },
      row: source.story.rows.at('#1', sid, now),
    }))
    const serverName = (server: string) => `the server ${server}`
    const printed = otherRowsHtml(rows, null, createPrinter({ ...dataOf('1', source), serverName }))
    return printed ? printed.html : ''
  }
  expect(others(0)).toBe('')
  expect(others(3)).not.toContain('inspector-more-rows')
  const [shown = '', folded = ''] = others(5).split('id="inspector-more-rows"')
  const inOrder = (html: string) => [...html.matchAll(/([a-e])\1{3}/g)].map(([sid]) => sid)
  expect(folded).toContain('+2</summary>')
  expect([inOrder(shown), inOrder(folded)]).toEqual([
    ['eeee', 'dddd', 'cccc'],
    ['bbbb', 'aaaa'],
  ])
  expect(shown).toContain('the server app') // where there are several, by what they are called
})

test('another row is told in one line, joined with the comma of its language', () => {
  const { rows } = sourceOf().story
  rows.notePeek('#1', 'left', { data: JSON.stringify({ cookie: { expires: new Date(now + 9000) } }) }, now)
  const place = { server: 'app', store: 1, shelf: '#1', sid: 'left', row: rows.at('#1', 'left', now) }
  const told = (language: 'ja' | 'en') =>
    otherRow(place, true, createPrinter({ ...dataOf(null), query: { ...query, language } })).html.replaceAll(
      /<[^>]*>/g,
      '',
    )
  expect(told('ja')).toContain('あり、あと9秒')
  expect(told('en')).toContain('there, 9 s left')
})

/** The whole panel at a moment. */
function panelAt(at: string | null, source = sourceOf()) {
  const data = dataOf(at, source)
  const { place } = data.focus
  const look = place && lookAtPair(source.story, place, lookAtCookie(source.story, place))
  return panelHtml({ ...data, look }, 'v1').html
}

test('the bars of cookie and row are drawn on one axis: 50 s of 60 and 20 s of 60', () => {
  const row = { cookie: { originalMaxAge: 60_000, expires: new Date(now + 20_000).toISOString() } }
  const lasting = exchange({
    ...begun,
    setCookie: [`${name}=${raw}; Path=/; Max-Age=60`],
    calls: [call('set', JSON.stringify(row))],
  })
  const panel = panelAt(null, sourceOf([lasting]))
  const barIn = (part: string) =>
    /<rect class="bar-left"[^>]* width="(\d+)"/.exec(panel.split(`id="inspector-${part}"`)[1] ?? '')?.[1]
  expect(['jar', 'row'].map(barIn)).toEqual(['83', '33'])
})

test('what stands for a sid, an end, a call outside of any request is drawn: no font of symbols is needed', () => {
  const ended = exchange({ ...begun, setCookie: [`${name}=${raw}; Path=/; Max-Age=3`] })
  const story = createStory({ secrets: [secret] })
  const outside = [storeCall({ method: 'touch', sid: 'the-sid', at: 1_005_000 })]
  story.follow([ended, visit], { outside })
  const panel = panelAt(null, { ...sourceOf(), story })
  expect(panel).toContain('id="moment-1o"')
  expect(panel).toContain('id="moment-1c"')
  expect(panel.match(/[\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u{1f000}-\u{1ffff}]/gu)).toBeNull()
})

test('what the inspector sent is not said of the cookie of the browser', () => {
  const altered = exchange({ ...visit, sentBy: 'inspector', cookie: `${name}=${raw.slice(0, -1)}x` })
  const source = sourceOf([begun, altered])
  const jarAt = (at: string | null) =>
    panelAt(at, source).split('id="inspector-jar"')[1]?.split('</section>')[0]
  const note = 'This is the cookie that the inspector sent. The browser&#39;s own is as it was.'
  expect(jarAt('2')).toContain(note)
  expect(jarAt('2')).toContain('>sent by the inspector</abbr>')
  expect(jarAt('1')).not.toContain(note)
  expect(jarAt(null)).not.toContain(note)
})

test('the list has the newest exchanges of the session, or all', () => {
  const steps = sourceOf().story.steps()
  const ids = (showsAll: boolean) => listedSteps(steps, showsAll).map(({ exchange }) => exchange.id)
  expect(ids(false)).toEqual([2, 1])
  expect(ids(true)).toEqual([3, 2, 1])
})

test('the model has no words and knows no page: it reads exchanges and itself', () => {
  const folder = new URL('../../packages/inspector/src/model/', import.meta.url)
  const imported = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/ from '([^']+)'/g)].map(([, from]) => from),
  )
  const others = new Set(imported.filter((from) => !from?.startsWith('./')))
  expect([...others].sort()).toEqual(['../exchange.ts', 'cookie-signature', 'tough-cookie'])
})

test('what is put into a piece of HTML is text, unless it is HTML itself', () => {
  const evil = `<i title='"'>&`
  expect(html`<p>${evil}${html`<b>${1}</b>`}${['a', null, undefined, false]}</p>`.html).toBe(
    '<p>&lt;i title=&#39;&quot;&#39;&gt;&amp;<b>1</b>a</p>',
  )
})

test('a text with places is filled in; a place without a value stays for the browser', () => {
  expect(fill('{what}: {count} s, 99', { what: 'Row' })).toBe('Row: {count} s, 99')
  expect(fill('{count}', { count: 0 })).toBe('0')
})

test.describe('around your own app', () => {
  /** The panel of an app whose session holds `data`, after one request. */
  async function panelOf(
    data: object,
    options: Parameters<typeof createInspector>[0] = {},
    own = new session.MemoryStore(),
  ) {
    const inspector = createInspector(options)
    const app = express()
    const store = inspector.watchStore(own)
    app.use(session({ secret, store, resave: false, saveUninitialized: true }))
    app.get('/', (req, res) => void res.send(String(Object.assign(req.session, data).id)))
    const server = express().use(inspector.around(app)).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const cookie = (await fetch(url)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const panel = await fetch(`${url}__lab/inspector/panel?lang=en`, { headers: { cookie } })
    const text = await panel.text()
    expect(inspector.recorder.outside()).toEqual([])
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    return text
  }

  test('a session that holds an expires of its own is not taken for expired', async () => {
    const text = await panelOf({ coupon: { expires: '2020-01-01T00:00:00.000Z' } })
    expect(text).toContain('until-close × present')
  })

  test('the panel says what session() left out, and the "trust proxy" of the app', async () => {
    const text = (await panelOf({})).replace(/<[^>]*>/g, '')
    for (const shown of ['rollingleft out (default: false)', 'unsetleft out (default: &#39;keep&#39;)'])
      expect(text).toContain(shown)
    for (const shown of ['resavefalse', 'trust proxyfalse']) expect(text).toContain(shown)
    expect(text).toMatch(/inspector-view\.spec\.ts:\d+ · express-session \d/)
  })

  test('a row is read as is asked for, and what is asked of the store for that is no call of the app', async () => {
    const store = new session.MemoryStore()
    const peek = (sid: string) =>
      new Promise<PeekedRow | undefined>((resolve) => {
        store.get(sid, (_, found) => resolve({ data: JSON.stringify({ ...found, read: 'by hand' }) }))
      })
    expect(await panelOf({}, { peek }, store)).toContain('by hand')
  })

  test('a poll asks each source of cookies once', async () => {
    let asked = 0
    const look = () => void asked++ as undefined
    await panelOf({}, { jarSources: [{ look }] })
    expect(asked).toBe(1)
  })

  test('the panel says how many requests are kept: as many as was asked for', async () => {
    expect(await panelOf({}, { limit: 70 })).toContain('The newest 70 requests are kept.')
  })
})
