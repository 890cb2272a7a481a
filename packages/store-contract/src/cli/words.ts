import type { Language } from '../language.ts'
import type { Standing } from '../standing.ts'

interface CommandWords {
  /** A sign and a word: a colour is not needed to tell them apart. */
  standings: Readonly<Record<Standing, string>>
  butReason(reason: string): string
  steps(steps: string): string
  holdsAfterAll(id: string): string
  cannotBeTried: string
  count(count: number, standing: string): string
}

const ja: CommandWords = {
  standings: {
    holds: '✓ 成り立つ',
    broken: '✕ 成り立たない',
    'not-so': '– いいえ',
    'not-offered': '– ない',
    'cannot-tell': '? 不明',
    excused: '– 承知の上',
    'holds-after-all': '✕ 成り立っている',
  },
  butReason: (reason) => `承知の上: ${reason}`,
  steps: (steps) => `確かめかた: ${steps}`,
  holdsAfterAll: (id) => `成り立たないはずの文が成り立っています。--but ${id} を外してください`,
  cannotBeTried: '試せません',
  count: (count, standing) => `${standing} ${count}`,
}

const en: CommandWords = {
  standings: {
    holds: '✓ holds',
    broken: '✕ broken',
    'not-so': '– no',
    'not-offered': '– not there',
    'cannot-tell': '? unknown',
    excused: '– excused',
    'holds-after-all': '✕ holds',
  },
  butReason: (reason) => `not meant to hold: ${reason}`,
  steps: (steps) => `to see it: ${steps}`,
  holdsAfterAll: (id) => `it holds, though it is not meant to: take --but ${id} away`,
  cannotBeTried: 'cannot be tried',
  count: (count, standing) => `${count} ${standing}`,
}

/** What the command says. */
export const commandWords: Readonly<Record<Language, CommandWords>> = { ja, en }
