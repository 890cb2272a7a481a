import { changedKeys, listed } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** The session was changed after the headers had left, so that its cookie could not go with them. */
export const writtenAfterHeaders: Diagnosis = {
  id: 'written-after-headers',
  kind: 'fault',
  title: {
    ja: 'ヘッダーを送ったあとで、セッションを変えている',
    en: 'the session is changed after the headers have left',
  },
  fix: {
    words: {
      ja: '最初のres.write(やflushHeaders)より前に、セッションを変えます。',
      en: 'Change the session before the first res.write or flushHeaders.',
    },
    code: "req.session.language = 'nl'\nres.write('…')",
  },
  source: {
    title: 'Node.js, response.headersSent',
    url: 'https://nodejs.org/api/http.html#responseheaderssent',
  },
  explains: ['rows-of-nobody'],
  find({ steps }) {
    const late = steps.filter(({ why }) => why === 'head-sent')
    const [first] = late
    if (!first) return []
    const keys = listed(keysOf(first))
    const headAt = Math.round(first.exchange.headAt ?? 0)
    return [
      foundIn(
        late,
        {
          words: {
            ja: `${requestOf(first)}はヘッダーを送ったあとでセッション(${keys})を変えたので、Set-Cookieを送れませんでした。`,
            en: `${requestOf(first)} changed the session (${keys}) after its headers had left, so that no Set-Cookie could be sent.`,
          },
          evidence: [
            shown(
              first,
              undefined,
              `ヘッダーは${headAt}ミリ秒で出て、ストアのsetはそのあとです。`,
              `The headers left after ${headAt} ms, and the store's set came later.`,
            ),
          ],
        },
        false,
      ),
    ]
  },
}

function keysOf({ exchange }: SeenStep): string[] {
  const read = exchange.calls.find(({ method }) => method === 'get')?.data ?? null
  return changedKeys(read, exchange.calls.findLast(({ method }) => method === 'set')?.data ?? null)
}
