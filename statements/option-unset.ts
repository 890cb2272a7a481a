import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-unset',
  title: 'unset',
  group: 'options',
  anchor: 'unset',
  headings: ['unset'],
}

export default section(about, [
  {
    id: 'unset.controls-delete-or-null',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: 'unset は、req.session を delete したり null にした時の扱いを決める。',
    en: 'unset decides what happens when req.session is deleted or set to null.',
    verdict: 'holds',
    see: {
      ja: '「書く」を押してから、「delete」「null」「undefined」のどれかを押す。③のレコードが消える。版keepでは、どれを押しても残る。',
      en: 'Press write and then one of delete, null and undefined: the row in ③ goes away. In keep it stays, whichever you press.',
    },
  },
  {
    id: 'unset.default-keep',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '既定値は "keep" である。',
    en: 'The default is "keep".',
    verdict: 'holds',
    see: {
      ja: '版left-outに切り替え、「書く」「null」「読む」の順に押す。③のレコードは残り、メモはwrittenのまま表示される。',
      en: 'Switch to left-out and press write, null, read: the row in ③ stays, and the note still says written.',
    },
  },
  {
    id: 'unset.destroy-deletes-when-response-ends',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '"destroy" では、レスポンスの終了時にセッションが削除される。',
    en: '"destroy" deletes the session when the response ends.',
    verdict: 'holds',
    see: {
      ja: '「ストアの書き込みを遅くする」を2000にし、「書く」のあとで「null」を押す。①のdestroyに2秒かかり、その間、レスポンスは終わらない。ヘッダーは先に届いている。',
      en: 'Set the store 2000 ms slow, press write and then null. destroy in ① takes 2 seconds and the response does not end before it, although its headers have arrived.',
    },
  },
  {
    id: 'unset.keep-retains-store-row',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '"keep" ではストアのセッションは残る。',
    en: '"keep" leaves the stored session in place.',
    verdict: 'holds',
    see: {
      ja: '版keepに切り替え、「書く」のあとで「null」を押す。③のレコードは残り、期限も動かない。①のストアの呼び出しはgetだけで、touchもない。',
      en: 'Switch to keep and press write, then null: the row in ③ stays, and its expiry does not move. ① shows get and not even touch.',
    },
  },
  {
    id: 'unset.keep-ignores-modifications',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'unset',
    ja: '"keep" では、そのリクエスト中の変更は捨てられ保存されない。',
    en: 'With "keep", changes made during the request are dropped.',
    verdict: 'condition',
    because: {
      ja: '捨てられるのは、まだ保存していない変更だけ。req.sessionを消す前に自分でsave()した変更は残る。',
      en: 'Only what has not been saved yet is dropped. What the app saved itself with save() before unsetting stays.',
    },
    see: {
      ja: '版keepに切り替え、「書く」「null」「読む」の順に押す。changedという変更は残らず、writtenのまま。次に「保存してからnull」「読む」と押すと、savedに変わっている。',
      en: 'Switch to keep and press write, null, read: the change to "changed" is gone, the note says written. Then press save-first and read: it says saved.',
    },
  },
])
