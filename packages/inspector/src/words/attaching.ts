import type { Words } from './words.ts'

export const inProduction: Words = {
  ja: 'NODE_ENV=productionなので何もしません。本番で見るならSESSION_INSPECTOR_PRODUCTION=yesを付けてください。',
  en: 'does nothing with NODE_ENV=production; set SESSION_INSPECTOR_PRODUCTION=yes to watch it all the same.',
}

export const importedLate: Words = {
  ja: 'express-sessionが先に読み込まれていたので、Set-Cookieを出さない理由やsession()のオプションはわかりません。requireかimportの行を、express-sessionより前に置いてください。',
  en: 'express-session was loaded before the inspector: why there is no Set-Cookie, and what session() was given, are not known. Require or import the inspector before express-session.',
}

export const loadedFirst: Words = {
  ja: 'express-sessionが先に読み込まれていたので、その理由とオプションはわかりません。--importか--requireの最初に置いてください。',
  en: 'express-session was loaded first: its reasons and options are not known. Put the inspector first of all --import and --require.',
}
