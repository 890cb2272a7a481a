import { parsed, type Setting, settings } from '../diagnose/cookies.ts'
import type { Diagnosis, Found } from '../diagnose/diagnosis.ts'
import { foundIn, perSession, requestOf, shown } from '../diagnose/found.ts'
import type { Seen, SeenStep } from '../diagnose/seen.ts'
import { bitsOf, bitsOfAll, hashedFrom } from '../diagnose/sid-bits.ts'

const least = 64 // bits that nobody can guess (OWASP, session IDs)

/** Ids can be guessed, or are made twice. */
export const predictableId: Diagnosis = {
  id: 'predictable-id',
  kind: 'fault',
  title: { ja: 'セッションIDを推測できる、または重なる', en: 'session IDs can be guessed, or collide' },
  fix: {
    words: {
      ja: 'genidを外して既定のもの(24バイトの乱数)を使います。',
      en: 'Leave genid out: the default has 24 random bytes.',
    },
    code: 'session({ …, genid: () => crypto.randomUUID() })',
  },
  source: {
    title: 'express-session README, genid; CWE-330',
    url: 'https://github.com/expressjs/session#genid',
  },
  lab: { scenario: 'genid', variant: 'same-id' },
  explains: [
    ...['lost-update', 'destroyed-session-came-back', 'saved-under-another-id', 'resave-undid-a-change'],
    ...['id-kept-at-login', 'logout-keeps-the-user'],
  ],
  find(seen) {
    const made = settings(seen).filter(isMade)
    const twice = madeTwice(made, seen)
    return twice.length > 0 ? twice : guessable(made)
  },
}

/** Made in this request; `set` under the same id shows that it is no other app's cookie. */
const isMade = ({ exchange, sid, sent }: SeenStep) =>
  sid !== null &&
  !sent.some((one) => one.sid === sid) &&
  (exchange.debug.includes('no SID sent, generating session') || exchange.debug.includes('no session found'))

/** Two visitors, or one who came without a cookie, were given the same id anew. */
function madeTwice(made: readonly Setting[], { steps }: Seen): Found[] {
  const first = new Map<string, Setting>()
  const again = made.filter((step) => {
    const key = `${step.session.name}\n${step.sid}`
    if (first.has(key)) return true
    first.set(key, step)
    return false
  })
  return perSession(again, (step) => {
    const before = first.get(`${step.session.name}\n${step.sid}`)
    if (!before) return undefined
    const isInUse = steps.some(({ sent }) => sent.some(({ sid }) => sid === step.sid))
    return {
      words: {
        ja: `${requestOf(before)}と${requestOf(step)}が、別々に新しいセッションを始めたのに、同じIDになりました。${isInUse ? '使われているIDの' : ''}レコードは、あとのもので上書きされます。`,
        en: `${requestOf(before)} and ${requestOf(step)} each began a new session and got the same ID: the later overwrites the row${isInUse ? ' of one in use' : ''}.`,
      },
      evidence: [before, step].map((one) =>
        shown(one, `Set-Cookie: ${one.session.name}=…`, '新しく作られたIDです。', 'An ID that was made new.'),
      ),
    }
  })
}

/** The app makes them itself, and they hold too little that cannot be known. */
function guessable(made: readonly Setting[]): Found[] {
  const own = made.filter(({ sessionCall }) => sessionCall?.hasGenid)
  return perSession(own, (first, all) => {
    const weak = weaknessOf(first, all)
    if (!weak) return undefined
    return {
      words: {
        ja: `genidが作るIDは${weak.ja}。推測した人が、ほかの人のセッションに入れます(${requestOf(first)})。`,
        en: `The IDs that genid makes ${weak.en}: whoever guesses one is in somebody else's session (${requestOf(first)}).`,
      },
      evidence: [
        shown(
          first,
          `Set-Cookie: ${first.session.name}=…`,
          `IDの長さは${first.sid?.length}文字です。`,
          `The ID has ${first.sid?.length} characters.`,
        ),
      ],
    }
  }).map((found) =>
    foundIn(
      own.filter(({ exchange }) => found.exchanges.includes(exchange.id)),
      found,
    ),
  )
}

function weaknessOf(first: Setting, all: readonly Setting[]): { ja: string; en: string } | undefined {
  const sids = [...new Set(all.map(({ sid }) => sid ?? ''))]
  for (const step of all) {
    const sid = step.sid ?? ''
    const known = knownOf(step)
    const source = hashedFrom(sid, known)
    if (source !== undefined)
      return {
        ja: 'リクエストのヘッダーなど、だれでも分かる値から作られています',
        en: 'are made of what anybody can know of the request',
      }
    const bits = bitsOf(sid, known)
    if (bits < least)
      return known.some((text) => sid.toLowerCase().includes(text.toLowerCase()))
        ? { ja: '利用者が送った値から作られています', en: 'are made of what the visitor sent' }
        : {
            ja: `短すぎます(乱数とみなせるのは最大${Math.floor(bits)}ビット)`,
            en: `are too short (${Math.floor(bits)} bits at most that can be random)`,
          }
  }
  const bits = sids.length > 1 ? bitsOfAll(sids) : least
  if (bits >= least || first.sid === null) return undefined
  return { ja: '互いにほとんど同じで、順に数えられます', en: 'are nearly the same, and count up' }
}

/** What is known of whoever sent the request: its headers, and the texts of its session. */
function knownOf({ exchange, facts }: SeenStep): string[] {
  const session = parsed(exchange.calls.findLast(({ method }) => method === 'set')?.data) ?? {}
  const { cookie: _, ...data } = session
  const texts: string[] = []
  const collect = (value: unknown, depth: number) => {
    if (typeof value === 'string' && value.length > 3 && value.length < 100) texts.push(value)
    else if (typeof value === 'object' && value !== null && depth < 3)
      for (const inner of Object.values(value)) collect(inner, depth + 1)
  }
  collect(data, 0)
  return [...texts, exchange.client.userAgent, facts.forwarded?.for ?? ''].filter((text) => text !== '')
}
