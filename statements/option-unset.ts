import type { Statement } from './statement.ts'

export default [
  {
    id: 'unset.controls-delete-or-null',
    section: 'options.unset',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: 'unset は、req.session を delete したり null にした時の扱いを決める。',
    en: 'unset decides what happens when req.session is deleted or set to null.',
  },
  {
    id: 'unset.default-keep',
    section: 'options.unset',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '既定値は "keep" である。',
    en: 'The default is "keep".',
  },
  {
    id: 'unset.destroy-deletes-when-response-ends',
    section: 'options.unset',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '"destroy" では、応答の終了時にセッションが削除される。',
    en: '"destroy" deletes the session when the response ends.',
  },
  {
    id: 'unset.keep-retains-store-row',
    section: 'options.unset',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '"keep" ではストアのセッションは残る。',
    en: '"keep" leaves the stored session in place.',
  },
  {
    id: 'unset.keep-ignores-modifications',
    section: 'options.unset',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '"keep" では、その要求中の変更は捨てられ保存されない。',
    en: 'With "keep", changes made during the request are dropped.',
  },
] as const satisfies readonly Statement[]
