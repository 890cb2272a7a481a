import { bySession, exchangesOf, nameOf, shownCall, type TimedCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

/** Something that JSON does not keep was put into the session, and came back as something else. */
export const typeLostInJson: Diagnosis = {
  id: 'type-lost-in-json',
  kind: 'fault',
  title: {
    ja: 'DateやMapなどが、JSONになって別のものに変わっている',
    en: 'a Date, Map or the like comes back from JSON as something else',
  },
  fix: {
    words: {
      ja: 'JSONで表せる値だけを入れ、読むときに戻します。',
      en: 'Store what JSON can say, and make the value again when it is read.',
    },
    code: 'req.session.day = day.toISOString()\nconst day = new Date(req.session.day)',
  },
  source: {
    title: 'express-session README, req.session',
    url: 'https://github.com/expressjs/session#reqsession',
  },
  find(seen) {
    const lost = bySession(timedCalls(seen)).flatMap((calls) => {
      const written = calls.find(({ call }) => call.facts?.losses !== undefined)
      const read = written && calls.find((one) => isReadBack(one, written))
      return written && read ? [{ written, read }] : []
    })
    const [first] = lost
    if (!first) return []
    const { written, read } = first
    const [loss = ''] = written.call.facts?.losses ?? []
    return [
      {
        words: {
          ja: `${nameOf(written, 'ja')}がセッションに入れた「${loss}」は、JSONでは元の型に戻りません。${nameOf(read, 'ja')}では、もう別のものです。`,
          en: `${nameOf(written, 'en')} put "${loss}" into the session. JSON does not keep that type: in ${nameOf(read, 'en')} it is something else.`,
        },
        evidence: [
          shownCall(written, `入れたもの: ${loss}`, `What was put in: ${loss}`),
          shownCall(
            read,
            'ストアから読んだものには、その型がありません。',
            'What was read has lost the type.',
          ),
        ],
        exchanges: exchangesOf(lost.map((one) => one.written)),
      },
    ]
  },
}

const isReadBack = ({ call, begin }: TimedCall, written: TimedCall) =>
  call.method === 'get' && call.data !== null && begin > written.begin
