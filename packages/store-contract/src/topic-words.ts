import type { Claim, topics } from './claim.ts'
import type { Language } from './language.ts'

export type Topic = (typeof topics)[number]

const ja: Readonly<Record<Topic, string>> = {
  shape: '形',
  data: 'データ',
  sid: 'sid',
  expiry: '期限',
  touch: 'touch',
  optional: '任意のメソッド',
  callback: 'コールバック',
  failure: '失敗',
  process: 'プロセス',
}

const en: typeof ja = {
  shape: 'Shape',
  data: 'Data',
  sid: 'sid',
  expiry: 'Expiry',
  touch: 'touch',
  optional: 'Optional methods',
  callback: 'Callbacks',
  failure: 'Failure',
  process: 'Process',
}

/** What the topics are called. */
export const topicWords: Readonly<Record<Language, typeof ja>> = { ja, en }

export const topicOf = ({ id }: Pick<Claim, 'id'>): Topic => id.slice(0, id.indexOf('.')) as Topic
