const password =
  /^(.*[^a-z])?(pass[-_]?(word|wd|phrase|code)|pwd|passwort|kennwort|contrase(n|ñ)a|mot[-_]?de[-_]?passe|パスワード)s?([-_]?(confirm(ation)?|repeat|again|hash|plain|2))?$/
const card = /card|^pan$|^cc|credit/
const cardCode = /^(cvv2?|cvc2?|card[-_]?(cvv|cvc|code)|security[-_]?code)$/
const national =
  /^(ssn|social[-_]?security([-_]?(number|no))?|my[-_]?number|national[-_]?id([-_]?number)?|passport[-_]?(number|no))$/
const privateKey = /^(.*[^a-z])?(private[-_]?key|secret[-_]?access[-_]?key)$/
/** What is said of a field, and is not the field. */
const sayings =
  /^(errors?|messages?|flash|validation|hints?|labels?|touched|rules|fields|i18n|placeholders?)$/i
const deepest = 4

/** Where session data holds a password, a card number or the like: `draft.password`; undefined where nowhere. */
export function secretKeyIn(session: Record<string, unknown> | undefined): string | undefined {
  return session && search(session, '', 1)
}

function search(holder: object, path: string, depth: number): string | undefined {
  for (const [key, value] of Object.entries(holder)) {
    if (depth === 1 && key === 'cookie') continue
    const place = path === '' ? key : `${path}.${key}`
    if (typeof value === 'object' && value !== null) {
      const inner = depth < deepest && !sayings.test(key) ? search(value, place, depth + 1) : undefined
      if (inner !== undefined) return inner
    } else if (isSecret(key, value, path)) return place
  }
  return undefined
}

function isSecret(key: string, value: unknown, path: string): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false
  const text = String(value)
  const name = key.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()
  if (text.trim() === '' || /^[*•x.]+$/i.test(text)) return false
  if (password.test(name)) return typeof value === 'string' && !isSaying(text)
  if (cardCode.test(name)) return /^\d{3,4}$/.test(text)
  if (national.test(name)) return /\d{6}/.test(text.replace(/[\s-]/g, ''))
  if (privateKey.test(name)) return text.length > 15
  return (
    (card.test(name) || (/(number|no)$/.test(name) && /card|payment|credit/i.test(path))) &&
    isCardNumber(text)
  )
}

/** `is too short`, `must have 8 characters`: a sentence about it. */
const isSaying = (text: string) =>
  /\s/.test(text) &&
  /\b(is|must|should|please|too|invalid|required|wrong|incorrect|changed|reset)\b/i.test(text)

/** As the numbers of payment cards are: those of libraries and clubs have other lengths, or begin otherwise. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '')
  if (/^[2-6]\d{14,15}$/.test(digits)) return true
  return /^[2-6](\d{12}|\d{18})$/.test(digits) && hasCheckDigit(digits)
}

/** ISO/IEC 7812-1 */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
