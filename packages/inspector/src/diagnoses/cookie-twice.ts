import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** Two cookies of the session's name arrive, and the first, which counts, is of no use. */
export const cookieTwice: Diagnosis = {
  id: 'cookie-twice',
  kind: 'fault',
  title: {
    ja: '同じ名前のCookieが2つ届いている',
    en: 'two cookies of the same name arrive',
  },
  fix: {
    words: {
      ja: '名前を変えるか、古いほうを、付けたときと同じPathとDomainで失効させます。',
      en: 'Take a new name, or expire the old one with the Path and Domain that it was set with.',
    },
    code: "res.clearCookie('sid', { path: '/old' }) // session({ …, name: 'sid2' })",
  },
  source: { title: 'RFC 6265, 5.4', url: 'https://www.rfc-editor.org/rfc/rfc6265#section-5.4' },
  explains: [
    ...['secret-differs', 'memory-store-forgot', 'rows-of-nobody', 'parallel-first-requests'],
    ...[
      'name-shared-with-another-app',
      'row-ends-while-in-use',
      'cookie-ends-while-in-use',
      'outside-cookie-path',
    ],
  ],
  find({ steps }) {
    return perSession(steps.filter(isMisled), (first) => {
      const { name } = first.session
      const count = first.sent.length
      return {
        words: {
          ja: `${requestOf(first)}に${name}が${count}つ届き、express-sessionが見る先頭のものは使えませんでした。以前のPath・Domain・Partitionedで付けたものか、別のアプリのものがブラウザーに残っています。`,
          en: `${requestOf(first)} came with ${count} cookies ${name}; express-session goes by the first, and that was of no use. One set with an earlier Path, Domain or Partitioned, or by another app, is still in the browser.`,
        },
        evidence: [
          shown(
            first,
            `Cookie: ${first.sent.map(() => `${name}=…`).join('; ')}`,
            '先頭の1つだけが見られます。',
            'Only the first one counts.',
          ),
        ],
      }
    })
  },
}

const isMisled = ({ sent, exchange }: SeenStep): boolean => {
  const [one] = sent
  if (!one || sent.every(({ raw }) => raw === one.raw)) return false
  return one.state === 'wrong' || one.state === 'unsigned' || exchange.debug.includes('no session found')
}
