import { type PlainBytes, plainBytes } from './plain-bytes.ts'

interface Hit {
  /** The byte that it ends before. */
  end: number
  name: string
}

const searched = 6 // bytes: from this length on it is looked for inside words, too
const tail = 8 // bytes of its beginning by which a secret is known that a text ends in
const shortestNumber = 4 // digits: a shorter number in a session is a number
const signature = /^\.[A-Za-z0-9+/]{20,44}/
const signedValue = /^s:[^\s;,"'&<>]{1,256}?\.[A-Za-z0-9+/]{40,44}/
const longestSigned = 320 // bytes

/**
 * Puts names in the place of what must not be passed on, wherever it stands in a text and however it is encoded there.
 * The cost grows with the length of the texts, not with how many secrets there are.
 */
export function createRedactor() {
  const names = new Map<string, string>()
  const lengths = new Map<number, number[]>() // by the hash of how they begin; longest first
  const mayBegin = new Uint8Array(1 << 20)
  let hasShort = false

  /** From now on `name` stands where `secret` did. One shorter than 6 bytes is found as a word of its own only. */
  function add(secret: string, name: string) {
    const { bytes, length } = plainBytes(secret)
    const plain = latin(bytes, 0, length)
    if (length === 0 || names.has(plain)) return
    names.set(plain, name)
    if (length < searched) {
      hasShort = true
      return
    }
    const key = keyAt(bytes, 0)
    const known = lengths.get(key) ?? []
    if (!known.includes(length))
      lengths.set(
        key,
        [...known, length].sort((one, other) => other - one),
      )
    mayBegin[key % mayBegin.length] = 1
  }

  /** The secret at a place of a text: what it ends before, and what goes there. The longest counts. */
  function found(plain: PlainBytes, at: number, isCut: boolean): Hit | undefined {
    const { bytes, length } = plain
    const key = at + searched <= length ? keyAt(bytes, at) : -1
    if (key >= 0 && mayBegin[key % mayBegin.length]) {
      for (const size of lengths.get(key) ?? []) {
        const name =
          size <= length - at ? names.get(latin(bytes, at, at + size)) : isCut && begunAt(plain, at)
        if (name) return withSignature(plain, { end: Math.min(at + size, length), name })
      }
    }
    if (bytes[at] === 0x73 && bytes[at + 1] === 0x3a) {
      const value = signedValue.exec(latin(bytes, at, Math.min(length, at + longestSigned)))
      if (value) return { end: at + value[0].length, name: 's:sid.signature' }
    }
    return hasShort && !isWord(bytes, at - 1, at) ? wholeAt(plain, at) : undefined
  }

  /** Where a text was cut, it may end in the middle of a secret. */
  function begunAt({ bytes, length }: PlainBytes, at: number): string | undefined {
    if (length - at < tail) return undefined
    const rest = latin(bytes, at, length)
    for (const [secret, name] of names) if (secret.startsWith(rest)) return name
    return undefined
  }

  function wholeAt(plain: PlainBytes, at: number): Hit | undefined {
    const { bytes, length } = plain
    for (let size = Math.min(searched - 1, length - at); size > 0; size--) {
      const name = names.get(latin(bytes, at, at + size))
      const end = at + size
      if (name !== undefined && (end === length || !isWord(bytes, end, end - 1)))
        return withSignature(plain, { end, name })
    }
    return undefined
  }

  /** The text with names in place of all secrets. `isCut`: it was longer, and may end within one. */
  function clean(text: string, isCut = false): string {
    const plain = plainBytes(text)
    const { starts, source, length } = plain
    const parts: string[] = []
    let done = 0
    for (let at = 0; at < length; ) {
      const hit = found(plain, at, isCut)
      if (!hit) at++
      else {
        parts.push(source.toString('utf8', done, starts[at]), hit.name)
        done = starts[hit.end] ?? source.length
        at = hit.end
      }
    }
    return parts.length === 0 ? text : parts.join('') + source.toString('utf8', done)
  }

  /** As `clean`, for a text that is JSON, or the beginning of some: JSON it stays. */
  function cleanJson(text: string, isCut = false): string {
    if (clean(text, isCut) === text) return text
    return text.replace(/"((?:[^"\\]|\\.)*)("?)|-?\d[\d.eE+-]*/gs, (piece, inner?: string, close = '') => {
      if (inner !== undefined) return `"${clean(inner, isCut && close === '')}${close}`
      const number = piece.length < shortestNumber ? piece : clean(piece)
      return number === piece ? piece : JSON.stringify(number)
    })
  }

  return { add, clean, cleanJson }
}

const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')

function keyAt(bytes: Uint8Array, at: number): number {
  let key = 0
  for (let place = at; place < at + searched; place++)
    key = (Math.imul(key, 0x01000193) ^ (bytes[place] ?? 0)) >>> 0
  return key
}

/** Whether the byte at `at` goes on with the word that its neighbour belongs to. */
const isWord = (bytes: Uint8Array, at: number, neighbour: number) =>
  isLetter(bytes[at] ?? 0) && isLetter(bytes[neighbour] ?? 0)

const isLetter = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte > 0x7f

/** What follows a sid as its signature goes with it, also where it is another one than was seen. */
function withSignature({ bytes, length }: PlainBytes, hit: Hit): Hit {
  if (bytes[hit.end] !== 0x2e) return hit
  const more = signature.exec(latin(bytes, hit.end, Math.min(length, hit.end + 45)))
  return more ? { end: hit.end + more[0].length, name: `${hit.name}.signature` } : hit
}

export type Redactor = ReturnType<typeof createRedactor>
