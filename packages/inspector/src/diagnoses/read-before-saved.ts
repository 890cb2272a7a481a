import {
  bySession,
  changedKeys,
  exchangesOf,
  isOutside,
  listed,
  long,
  nameOf,
  shownCall,
  type TimedCall,
  timedCalls,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

const rounding = 2 // ms: requests are noted by whole milliseconds

/** A page that was asked for after a response read the session before that response had saved it. */
export const readBeforeSaved: Diagnosis = {
  id: 'read-before-saved',
  kind: 'fault',
  title: {
    ja: '次のページが、保存が終わる前のセッションを読んでいる',
    en: 'the next page reads the session before it has been saved',
  },
  fix: {
    words: {
      ja: '保存が終わってからレスポンスを返します。',
      en: 'Answer when the save is over.',
    },
    code: "req.session.save((error) => (error ? next(error) : res.redirect('/')))",
  },
  source: {
    title: 'express-session README, Session.save',
    url: 'https://github.com/expressjs/session#sessionsavecallback',
  },
  lab: { scenario: 'redirect-save' },
  explains: ['redirect-without-save'],
  find(seen) {
    const pairs = bySession(timedCalls(seen)).flatMap(earlyReads)
    const [first] = pairs
    if (!first) return []
    const { write, read, keys } = first
    const lead = long((write.end ?? seen.now) - (read.end ?? read.begin))
    return [
      {
        words: {
          ja: `${nameOf(read, 'ja')}は、${nameOf(write, 'ja')}が終わる${lead}前に読んだので、変更(${listed(keys)})が見えませんでした。`,
          en: `${nameOf(read, 'en')} came ${lead} before ${nameOf(write, 'en')} had ended, and did not see the change (${listed(keys)}).`,
        },
        evidence: [
          shownCall(
            write,
            `setは${long((write.end ?? seen.now) - write.begin)}かかり、レスポンスはその前に出ました。`,
            `This set took ${long((write.end ?? seen.now) - write.begin)}; the response left before.`,
          ),
          shownCall(
            read,
            '次のリクエストは、古い内容を読みました。',
            'The next request read what was there before.',
          ),
        ],
        exchanges: exchangesOf(pairs.flatMap((pair) => [pair.write, pair.read])),
      },
    ]
  },
}

interface EarlyRead {
  write: TimedCall
  read: TimedCall
  keys: string[]
}

function earlyReads(calls: readonly TimedCall[]): EarlyRead[] {
  const writes = calls.filter(
    (one) => one.call.method === 'set' && one.call.error === null && one.exchange && !isOutside(one),
  )
  return writes.flatMap((write) => {
    const read = calls.find((one) => isEarly(one, write))
    if (!read) return []
    const keys = changedKeys(read.call.data, write.call.data)
    return keys.length > 0 ? [{ write, read, keys }] : []
  })
}

/** Whether a read belongs to a request that was sent when the writing one had been answered, and came too early. */
function isEarly({ call, exchange, begin, end }: TimedCall, write: TimedCall): boolean {
  const { exchange: writing } = write
  if (call.method !== 'get' || call.error !== null || end === null || !exchange || !writing) return false
  if (exchange.id <= writing.id || writing.headAt === null) return false // what came before reads what was before
  const answered = writing.at + writing.headAt
  return (
    exchange.at >= answered - rounding &&
    begin >= answered - rounding &&
    (write.end === null || end + rounding < write.end)
  )
}
