import { grouped } from '../diagnose/calls.ts'
import { isFresh, type Setting, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import { type Seen, type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'

/** Another app on this host, or another session() of this one, uses the same cookie name. */
export const nameSharedWithAnotherApp: Diagnosis = {
  id: 'name-shared-with-another-app',
  kind: 'fault',
  title: {
    ja: '同じホストの別のアプリが、同じCookieの名前を使っている',
    en: 'another app on this host uses the same cookie name',
  },
  fix: {
    words: {
      ja: 'アプリごとに別の名前にします。Cookieはポートを区別しません。',
      en: 'Give each app a name of its own: cookies do not tell ports apart.',
    },
    code: "session({ …, name: 'shop.sid' })",
  },
  source: { title: 'express-session README, name', url: 'https://github.com/expressjs/session#name' },
  lab: { scenario: 'multi-app', variant: 'same-name' },
  explains: ['secret-differs', 'memory-store-forgot', 'rows-of-nobody', 'parallel-first-requests'],
  find(seen) {
    const unknown = sawAllOfRecord(seen) ? [...overwritten(seen), ...takenInTurns(seen)] : []
    const strange = [...unknown, ...fromHere(seen)]
    const [first] = strange
    if (!first) return []
    const { name } = first.session
    return [
      foundIn([...new Set(strange)], {
        about: name ?? '',
        words: {
          ja: `${name}のCookieを渡したのに、次に来たのはこのアプリが作っていない${name}でした(${requestOf(first)})。同じホストの別のアプリ(別のポートでも同じ)が上書きしています。`,
          en: `A cookie ${name} was given, and what came next was a ${name} that this session() never made (${requestOf(first)}): another app on this host, whatever its port, overwrites it.`,
        },
        evidence: strange
          .slice(0, 3)
          .map((step) =>
            shown(
              step,
              `Cookie: ${name}=…`,
              'このアプリが渡した値ではありません。',
              'Not a value that this app has given.',
            ),
          ),
      }),
    ]
  },
}

const isRejected = ({ exchange, sent }: SeenStep) =>
  sent.length === 1 &&
  (sent[0]?.state === 'wrong' || sent[0]?.state === 'unsigned' || exchange.debug.includes('no session found'))

/** What we gave does not come back, and each time it is another value that we never made. */
function overwritten(seen: Seen): SeenStep[] {
  const setBy = new Map(settings(seen).map((step) => [step.sessionSet.value, step]))
  const known = new Set(
    seen.steps.flatMap(({ exchange }) =>
      exchange.calls.flatMap(({ method, sid, data }) => (method === 'set' || data !== null ? [sid] : [])),
    ),
  )
  const back = new Set(seen.steps.flatMap(({ sent }) => sent.map(({ raw }) => raw)))
  const last = new Map<string, Setting>()
  const strange = new Map<string, Map<string, SeenStep>>()
  for (const step of seen.steps) {
    const who = `${step.client.key}\n${step.exchange.server}\n${step.session.name}`
    const [value] = step.sent
    const given = last.get(who)
    const isForeign = value && isRejected(step) && !setBy.has(value.raw) && !known.has(value.sid)
    if (isForeign && given && !back.has(given.sessionSet.value)) {
      const values = strange.get(who) ?? new Map<string, SeenStep>()
      strange.set(who, values.set(value.raw, step))
      last.delete(who)
    }
    const setting = setBy.get(step.sessionSet?.value ?? '')
    if (setting === step && isFresh(step)) last.set(who, setting)
  }
  // one may be a leftover of another visitor; several, each after one of ours, are not
  return [...strange.values()].flatMap((values) => (values.size > 1 ? [...values.values()] : []))
}

/**
 * On a developer's own computer there is one browser of a kind: there a cookie of ours may also have come back before
 * another value takes its place. Each value has its time, none returns, and twice a foreign one follows one of ours.
 */
function takenInTurns(seen: Seen): SeenStep[] {
  const ours = new Set(settings(seen).map(({ sessionSet }) => sessionSet.value))
  const own = seen.steps.filter(
    ({ facts, sent }) => isHere.test(facts.host) && !facts.forwarded && sent.length > 0,
  )
  const groups = grouped(
    own,
    ({ client, exchange, session }) => `${client.key}\n${exchange.server}\n${session.name}`,
  )
  return [...groups.values()].flatMap((steps) => {
    const turns = steps.filter(({ sent }, at) => sent[0]?.raw !== steps[at - 1]?.sent[0]?.raw)
    const values = turns.map(({ sent }) => sent[0]?.raw ?? '')
    if (new Set(values).size !== values.length) return []
    const foreign = turns.filter(
      (step, at) =>
        at > 0 && ours.has(values[at - 1] ?? '') && !ours.has(values[at] ?? '') && isRejected(step),
    )
    return foreign.length > 1 ? foreign : []
  })
}

const isHere = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** It was set by another app, or another session() of this one, that is watched, too, and has rows of its own. */
function fromHere(seen: Seen): SeenStep[] {
  const setBy = new Map(settings(seen).map((step) => [step.sessionSet.value, step]))
  return seen.steps.filter((step) => {
    const setter = setBy.get(step.sent[0]?.raw ?? '')
    const [here, there] = [step.sessionCall, setter?.sessionCall]
    if (!setter || !here || !there || !isRejected(step) || !step.sessionSet) return false
    const isOther = here.where !== there.where && here.where !== undefined && there.where !== undefined
    return isOther && here.store !== there.store && here.rows !== 'elsewhere' && here.name === there.name
  })
}
