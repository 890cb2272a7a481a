import {
  callsIn,
  callsOutside,
  evidenceOf,
  exchangeIdsOf,
  exchangesOf,
  routeOf,
  type SeenCall,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type History, historiesOf } from '../diagnose/histories.ts'
import { overwritesIn } from '../diagnose/overwrites.ts'
import { type Seen, sawAll } from '../diagnose/seen.ts'

/** A socket or a timer wrote a session from an old copy. */
export const writtenOutsideARequest: Diagnosis = {
  id: 'written-outside-a-request',
  kind: 'risk',
  title: {
    ja: 'リクエストの外(ソケットやタイマー)で古いセッションを書いている',
    en: 'a socket or timer writes an old copy of the session',
  },
  fix: {
    words: {
      ja: '書く直前にreload()し、すぐsave()します。ログアウトのときはソケットを閉じます。',
      en: 'reload() right before the change, save() right after it, and end the socket at logout.',
    },
    code: 'session.reload((error) => {\n  if (error) return socket.close()\n  session.oven = …\n  session.save()\n})',
  },
  source: { title: 'socketio/socket.io#1970', url: 'https://github.com/socketio/socket.io/issues/1970' },
  explains: ['lost-update', 'destroyed-session-came-back', 'resave-undid-a-change'],
  find(seen) {
    const writings = outsideWritings(seen)
    const [first] = writings
    if (!first) return []
    const { by, why } = first
    const from = by.exchange && routeOf(by.exchange)
    const harm = harms[why]
    return [
      {
        words: {
          ja: `${from === undefined ? 'リクエストの外の処理(ソケットやタイマー)' : `${from}のレスポンスが終わった後の処理`}がセッションを保存しました。${harm.ja}`,
          en: `${from === undefined ? 'Something outside of any request (a socket, a timer)' : `Something that ${from} had started`} saved the session${from === undefined ? '' : ' when the response was over'}. ${harm.en}`,
        },
        evidence: [
          evidenceOf(by, 'リクエストの外のsetです。', 'A set outside of any request.'),
          ...first.others.map((other) =>
            evidenceOf(
              other,
              'その前に、ほかのリクエストがこのレコードを変えていました。',
              'Another request had changed the row before.',
            ),
          ),
        ],
        exchanges: exchangeIdsOf(writings.flatMap((one) => [one.by, ...one.others])),
      },
    ]
  },
}

type Harm = 'overwrites' | 'revives' | 'blind'
const harms: Readonly<Record<Harm, { ja: string; en: string }>> = {
  overwrites: {
    ja: '古い写しを書いたので、その間の変更が消えました。',
    en: 'It wrote an old copy, and what had changed meanwhile is lost.',
  },
  revives: { ja: 'このセッションはもう破棄されていました。', en: 'The session had been destroyed by then.' },
  blind: {
    ja: '直前に読み直していないので、その間の変更を消すことがあります。',
    en: 'It did not read the row again right before, and may undo what has changed meanwhile.',
  },
}

interface Writing {
  by: SeenCall
  why: Harm
  others: SeenCall[]
}

function outsideWritings(seen: Seen): Writing[] {
  const outside = [...exchangesOf(seen).flatMap(callsIn), ...callsOutside(seen)].filter(
    ({ call, isOutside }) => call.method === 'set' && isOutside,
  )
  if (outside.length === 0) return []
  const overwrites = overwritesIn(seen).filter(({ by }) => by.isOutside)
  const found: Writing[] = overwrites.map(({ by, lost }) => ({ by, why: 'overwrites', others: [lost] }))
  for (const history of historiesOf(seen)) {
    for (const by of history) {
      if (by.call.method !== 'set' || !by.isOutside || !by.isDone) continue
      const gone = history.findLast(
        ({ call, isDone, ended }) => call.method === 'destroy' && isDone && ended <= by.began,
      )
      const isNewSince =
        gone &&
        history.some(
          ({ call, began, isOutside }) =>
            call.method === 'set' && !isOutside && began > gone.ended && began < by.began,
        )
      if (gone && !isNewSince) {
        if (sawAll(seen, gone.began, by.began)) found.push({ by, why: 'revives', others: [gone] })
      } else if (!by.exchange && isBlind(history, by)) found.push({ by, why: 'blind', others: [] })
    }
  }
  return found
}

/** It writes a row that requests use, and has not read it since it last wrote it. */
function isBlind(history: History, by: SeenCall): boolean {
  const before = history.slice(0, history.indexOf(by))
  const isUsed = before.some(
    ({ call, isOutside, isDone }) => !isOutside && isDone && call.method !== 'destroy',
  )
  const last = before.findLast(
    ({ call, isOutside }) => isOutside && (call.method === 'get' || call.method === 'set'),
  )
  return isUsed && (last === undefined || last.call.method === 'set')
}
