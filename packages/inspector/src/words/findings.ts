import type { Kind } from '../diagnose/diagnosis.ts'
import type { Language, Words } from './words.ts'

/** What a finding is: a word, and a sign beside it. */
export const kindWords: Readonly<Record<Kind, { sign: string; words: Words }>> = {
  fault: { sign: '×', words: { ja: '不具合', en: 'fault' } },
  risk: { sign: '!', words: { ja: '危険', en: 'risk' } },
  advice: { sign: 'i', words: { ja: '助言', en: 'advice' } },
}

const ja = {
  heading: '診断',
  none: '直すべきところは見つかっていません。',
  noFacts: '読み込んだ記録には診断に必要な事実が含まれないので、診断していません。',
  count: (count: number) => `${count}件`,
  seen: (count: number) => `${count}個のリクエストで確認`,
  where: '変える場所',
  evidence: '証拠',
  show: (id: string) => `リクエスト${id}を見る`,
  forgotten: (id: number) => `リクエスト${id}(記録にはもうない)`,
  open: (id: number) => `リクエスト${id}(進行中)`,
  fix: '直し方',
  copy: 'コピー',
  copied: 'コピーしました',
  source: '根拠',
  lab: 'ラボで試す',
  symptoms: 'これが原因で起きていること',
  summary: (count: number) => `診断: ${count}件`,
  failing: (kind: string) => `--fail-on ${kind}: コマンドが0で終わっても、終了コードは1です。`,
}

const en: typeof ja = {
  heading: 'Diagnosis',
  none: 'Nothing to mend was found.',
  noFacts: 'A record that was read in lacks the facts that diagnoses need: none were made.',
  count: (count) => `${count} ${count === 1 ? 'finding' : 'findings'}`,
  seen: (count) => `seen in ${count} ${count === 1 ? 'request' : 'requests'}`,
  where: 'Where to change it',
  evidence: 'Evidence',
  show: (id) => `show request ${id}`,
  forgotten: (id) => `request ${id} (no longer in the record)`,
  open: (id) => `request ${id} (under way)`,
  fix: 'What to change',
  copy: 'Copy',
  copied: 'Copied',
  source: 'Documentation',
  lab: 'Try it in the lab',
  symptoms: 'What follows from it',
  summary: (count) => `${count} ${count === 1 ? 'finding' : 'findings'}`,
  failing: (kind) => `--fail-on ${kind}: the exit code is 1 even where the command ends with 0.`,
}

export const findingWords: Readonly<Record<Language, typeof ja>> = { ja, en }
