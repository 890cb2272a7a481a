import type { Language } from '../../common/words.ts'

/** The pages that a lesson has for whoever teaches it, by the last part of their addresses. */
export const teachingPages = ['present', 'handout', 'answer-sheet'] as const
export type TeachingPage = (typeof teachingPages)[number]

const ja = {
  present: '投影用ページ',
  handout: '配布資料',
  'answer-sheet': '解答用紙',
  forTeaching: '講師用',
  openLab: 'ラボを別のウィンドウで開く',
  exit: '終わる',
  reveal: '答えを見せる',
  hide: '答えを隠す',
  progress: 'ステップ',
  keys: '→ スペース PageDown: 次へ　← PageUp: 前へ　Enter: 答え',
  notYet: 'まだ測定していません',
  print: 'A4の縦に印刷できます。',
  name: '名前',
  date: '日付',
  why: 'そう考えた理由',
  notes: 'メモ',
  answers: '答えとまとめ',
}

const en: typeof ja = {
  present: 'Presenter view',
  handout: 'Handout',
  'answer-sheet': 'Answer sheet',
  forTeaching: 'For teaching',
  openLab: 'Open the lab in a window beside',
  exit: 'End',
  reveal: 'Reveal',
  hide: 'Hide the answer',
  progress: 'Step',
  keys: '→ Space PageDown: next · ← PageUp: previous · Enter: answer',
  notYet: 'nothing measured yet',
  print: 'It prints on A4, upright.',
  name: 'Name',
  date: 'Date',
  why: 'Why you think so',
  notes: 'Notes',
  answers: 'Answers and conclusions',
}

/** What the pages for teaching say: the presenter view, the handout and the answer sheet. */
export const teachingWords: Readonly<Record<Language, typeof ja>> = { ja, en }
