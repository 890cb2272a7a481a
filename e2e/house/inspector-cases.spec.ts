import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import type { Finding } from '../../packages/inspector/src/diagnose/diagnose.ts'
import { diagnoses } from '../../packages/inspector/src/diagnoses/index.ts'
import { cookiePairs } from '../../packages/inspector/src/model/cookie-value.ts'
import { caseApps } from '../support/case-folders.ts'
import { type CaseRun, isAsMeant, runCases } from '../support/case-runs.ts'
import { expect, test } from '../support/worker.ts'

const known = new Set(diagnoses.map(({ id }) => id))

const isBroken = ({ which, one }: CaseRun) => which === 'broken' && one.kind !== 'healthy'

/** Whether a broken app was told its cause, as far as its diagnosis is there. */
function isNamed(run: CaseRun): boolean {
  const [first = ''] = run.one.expects
  return !isBroken(run) || !known.has(first) || run.findings.some(({ id }) => id === first)
}

/** What a visitor did, and when: some causes lie in the time between. */
const courseOf = ({ record }: CaseRun) =>
  record
    .exchanges()
    .map(({ at, method, url, status, cookie, setCookie }, _, [first]) =>
      [at - (first?.at ?? at), method, url, status, cookie && 'Cookie', setCookie.length > 0 && 'Set-Cookie']
        .filter(Boolean)
        .join(' '),
    )
    .join(', ')

/** What is not as it should be. `expects` may name what remains true of the cured app. */
function faultsOf(run: CaseRun): string[] {
  const { one, which, findings } = run
  const where = `${one.name}, ${which}`
  const mayBe = (id: string) => one.expects.includes(id) && (isBroken(run) || id !== one.id)
  return [
    ...(isAsMeant(run) ? [] : [`${where}: the visitor saw another thing`]),
    ...(isNamed(run) ? [] : [`${where}: ${one.expects[0]} is not named: ${courseOf(run)}`]),
    ...findings
      .filter(({ id, kind }) => kind !== 'advice' && !mayBe(id))
      .map(({ id, words }) => `${where}: ${id} is not so: ${words.en}`),
  ]
}

/** What nobody may read in a finding: ids, signatures, cookie values, what a session holds. */
function secretsOf({ record }: CaseRun): string[] {
  const exchanges = record.exchanges()
  const cookies = exchanges.flatMap(({ cookie, setCookie }) => [
    ...cookiePairs(cookie),
    ...setCookie.flatMap((line) => cookiePairs(line.split(';')[0] ?? '')),
  ])
  const values = cookies.flatMap(({ value }) => decodeURIComponent(value).replace(/^s:/, '').split('.'))
  const calls = [...exchanges.flatMap(({ calls }) => calls), ...record.outside()]
  return [...values, ...calls.map(({ sid }) => sid), ...calls.flatMap(({ data }) => leavesOf(data))]
}

/** The texts that a session holds, without those of its cookie. */
function leavesOf(data: string | null): string[] {
  const leaves: string[] = []
  try {
    const { cookie: _, ...own } = JSON.parse(data ?? '{}')
    JSON.stringify(own, (_key, value) => {
      if (typeof value === 'string') leaves.push(value)
      return value
    })
  } catch {
    // cut: what it holds is in shorter ones, too
  }
  return leaves
}

const shortest = 8 // characters: a shorter word is in every sentence

function leaksOf(run: CaseRun): string[] {
  const asked = run.record.exchanges().map(({ url }) => decodeURIComponent(url))
  const secrets = new Set(secretsOf(run).filter((secret) => secret.length >= shortest))
  const said = (finding: Finding) => JSON.stringify([finding.words, finding.evidence, finding.about])
  return run.findings.flatMap((finding) =>
    [...secrets]
      .filter((secret) => said(finding).includes(secret) && !asked.some((url) => url.includes(secret)))
      .map((secret) => `${run.one.name}, ${finding.id}: ${secret}`),
  )
}

test('each broken app is told its cause, nothing that is not so is said of any, and no secret', async () => {
  test.setTimeout(180_000)
  const apps = caseApps()
  expect(apps.length).toBeGreaterThan(100)
  const runs = await runCases(apps, (run) => isAsMeant(run) && isNamed(run))
  expect(runs.flatMap(faultsOf)).toEqual([])
  expect(runs.flatMap(leaksOf)).toEqual([])
})

test('each diagnosis is listed once, speaks both languages, names what says so, and its page of the lab is there', () => {
  const folder = join(root, 'packages/inspector/src/diagnoses')
  const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
  expect(diagnoses.map(({ id }) => id).sort()).toEqual(files.filter((name) => name !== 'index').sort())
  for (const { id, title, fix, source, lab, explains = [] } of diagnoses) {
    // it is told to people with an app of their own
    const text = readFileSync(join(folder, `${id}.ts`), 'utf8').replace(/^ {2}lab: \{.*\},$/m, '')
    expect(text, id).not.toMatch(/demo|scenario|デモ|シナリオ/i)
    for (const words of [title, fix.words]) {
      expect(words.ja, id).toMatch(/[ぁ-んァ-ヶ一-龠]/)
      expect(words.en, id).toMatch(/^[\x20-\x7e…–→×’“”]+$/)
    }
    expect(fix.code, id).not.toBe('')
    expect(source.url, id).toMatch(/^https:\/\/\S+$/)
    if (lab) {
      const file = join(root, 'apps', lab.scenario, `${lab.variant ?? 'app'}.ts`)
      expect(existsSync(file), file).toBe(true)
    }
    for (const other of explains) expect(other, id).toMatch(/^[a-z-]+$/)
  }
})
