import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-store',
  title: 'store',
  group: 'options',
  anchor: 'store',
  headings: ['store'],
  isAboutStores: true,
}

export default section(about, [
  {
    id: 'store.option-takes-instance',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'store-contract',
    ja: 'store にはストアのインスタンスを渡す。',
    en: 'store takes a store instance.',
    verdict: 'holds',
    see: {
      ja: '「1を足す」を押すと、アプリに渡したストアのレコードが③に出る。インスタンスではなくクラスを渡すと、session()が`store.on is not a function`で止まる。',
      en: 'Press add 1: the row of the store that the app was given is in ③. A class in place of an instance makes session() throw `store.on is not a function`.',
    },
  },
  {
    id: 'store.default-new-MemoryStore',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'memory-store',
    ja: '省略すると新しい MemoryStore が使われる。',
    en: 'A new MemoryStore is used by default.',
    verdict: 'holds',
    see: {
      ja: '「もう一度開く」を何度か押す。session()を呼ぶたびに新しいMemoryStoreが作られるので、2つのプロセスのレコードは別になる。undefinedやnullを渡しても、何も言わずに既定になる。',
      en: 'Press "again" a few times. Each session() makes a MemoryStore of its own, so the two processes do not share rows. undefined and null in its place silently mean the default, too.',
    },
  },
])
