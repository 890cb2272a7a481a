import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-resave',
  title: 'resave',
  group: 'options',
  anchor: 'resave',
  headings: ['resave'],
  isAboutStores: true,
}

export default section(about, [
  {
    id: 'resave.true-saves-unmodified-session',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'resave-race',
    ja: 'resave: true は変更の無いセッションも毎回ストアへ保存し直す。',
    en: 'resave: true writes the session back even if nothing changed.',
    verdict: 'holds',
    see: {
      ja: '版resave-trueに切り替え、デモを2回開き直す。①で、内容を変えないリクエストがgetのあとにsetを呼ぶ。版appではtouchになる。',
      en: 'Switch to resave-true and reload the demo twice. In ① a request that changes nothing calls set after get; in app it is touch.',
    },
  },
  {
    id: 'resave.true-can-overwrite-parallel-change',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'resave-race',
    ja: '並行する 2 リクエストのうち、変更しなかった方が後で終わると、もう一方の変更が上書きされ得る。',
    en: "With two parallel requests, the one that changed nothing can overwrite the other's change when it ends.",
    verdict: 'holds',
    see: {
      ja: '版resave-trueで「競争!」を押し、数を見に戻る。/addは「数を1にした」と出るのに、数は0。①で、/readのsetが/addのsetより後にある。',
      en: 'In resave-true press "race!" and go back to the count. /add said it made it 1, yet the count is 0. In ① the set of /read comes after the set of /add.',
    },
  },
  {
    id: 'resave.race-outcome-depends-on-store',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'resave-race',
    ja: 'この競合の結果は、使うストアにも左右される。',
    en: 'How this race ends also depends on the store.',
    verdict: 'holds',
    see: {
      ja: '版versioned-storeで「競争!」を押す。resave: trueのままでも数は1になる。①で、/readは書こうとしてレコードを読み、書かずに終わる。',
      en: 'In versioned-store press "race!". The count is 1 although resave is true. In ① /read wants to write, looks at the row and leaves it.',
    },
  },
  {
    id: 'resave.default-true',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'resave-race',
    ja: '既定値は true である。',
    en: 'The default is true.',
    verdict: 'holds',
    see: {
      ja: '版unset-resaveでデモを2回開き直す。①で、内容を変えないリクエストがsetを呼ぶ。',
      en: 'In unset-resave reload the demo twice. In ① a request that changes nothing calls set.',
    },
  },
  {
    id: 'resave.default-is-deprecated',
    kind: 'behaviour',
    level: ['process'],
    scenario: 'resave-race',
    ja: '既定に頼ることは非推奨で、将来変わる予定なので明示すべきである。',
    en: 'Relying on the default is deprecated because it will change; choose explicitly.',
    verdict: 'holds',
    see: {
      ja: '端末で npm run demo:resave-race -- --variant unset-resave と起動する。「undefined resave option」という警告が標準エラーに出る。版appでは出ない。',
      en: 'In a terminal run npm run demo:resave-race -- --variant unset-resave. The warning "undefined resave option" appears on standard error; with app it does not.',
    },
  },
  {
    id: 'resave.false-is-usual-choice',
    kind: 'advice',
    level: ['store'],
    scenario: 'resave-race',
    ja: '普通は false を選ぶ。',
    en: 'Usually you want false.',
    verdict: 'holds',
    see: {
      ja: '版appと版resave-trueで、開き直しを数回と「競争!」を行う。①のsetの回数と、残った数を比べる。',
      en: 'In app and in resave-true reload a few times and press "race!". Compare the number of set calls in ① and the count that is left.',
    },
  },
  {
    id: 'resave.store-with-touch-can-use-false',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'resave-race',
    ja: 'ストアが touch を実装していれば、安心して false にできる。',
    en: 'If the store implements touch, false is safe.',
    verdict: 'condition',
    because: {
      ja: 'touchがあるだけでなく、レコードの期限を実際に延ばすときに限る。たとえばconnect-sqlite3 0.9.18のtouchは、maxAgeのないセッションでは何もしない(レコードは最後のsetから1日で切れる)。',
      en: 'Only if touch really extends the row, not merely exists. That of connect-sqlite3 0.9.18, for one, does nothing for a session without maxAge (its row ends a day after the last set).',
    },
    see: {
      ja: '版short-livedで「1を足す」を押し、1秒おきに開き直す。③のレコードの残り時間がtouchのたびに3秒へ戻り、数は残る。',
      en: 'In short-lived press "add 1" and reload every second. In ③ each touch puts the time left of the row back to 3 s, and the count stays.',
    },
  },
  {
    id: 'resave.ttl-store-without-touch-needs-true',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'resave-race',
    ja: 'touch が無く保存に期限を付けるストアでは、true が必要になりやすい。',
    en: 'A store without touch that expires its rows probably needs true.',
    verdict: 'holds',
    see: {
      ja: '版no-touchで「1を足す」を押し、1秒おきに開き直す。②のCookieは延び続けるのに③のレコードは延びず、3秒で数が0に戻る。',
      en: 'In no-touch press "add 1" and reload every second. The cookie in ② keeps being extended, the row in ③ is not, and after 3 s the count is back at 0.',
    },
  },
])
