/** A text as UTF-8, with every escape undone, and where in the text's own bytes each byte stands. */
export interface PlainBytes {
  /** Of which the first `length` count. */
  bytes: Uint8Array
  length: number
  /** Where byte `i` begins in `source`; at `length`: where `source` ends. */
  starts: Uint32Array
  source: Buffer
}

const [percent, backslash, u] = [0x25, 0x5c, 0x75]
const simple = new Map(
  [...'"/\\bfnrt'].map((letter) => [letter.charCodeAt(0), JSON.parse(`"\\${letter}"`).charCodeAt(0)]),
)

/**
 * Undoes percent-encoding and the escapes of JSON, however often they were laid over each other: a text that was
 * encoded is plain again, and one that was not has the same form as where it was. One pass.
 */
export function plainBytes(text: string): PlainBytes {
  const source = Buffer.from(text)
  const bytes = new Uint8Array(source.length)
  const starts = new Uint32Array(source.length + 1)
  let length = 0
  for (let place = 0; place < source.length; place++) {
    bytes[length] = source[place] ?? 0
    starts[length++] = place
    for (let folded = fold(bytes, length); folded !== length; folded = fold(bytes, length)) length = folded
  }
  starts[length] = source.length
  return { bytes, length, starts, source }
}

/** Replaces an escape that ends at `length` by what it stands for. Gives the length afterwards. */
function fold(bytes: Uint8Array, length: number): number {
  if (length >= 3 && bytes[length - 3] === percent) {
    const value = hex(bytes, length - 2, length)
    if (value !== undefined) {
      bytes[length - 3] = value
      return length - 2
    }
  }
  if (length >= 2 && bytes[length - 2] === backslash) {
    const value = simple.get(bytes[length - 1] ?? 0)
    if (value === undefined) return length
    bytes[length - 2] = value
    return length - 1
  }
  if (length >= 6 && bytes[length - 6] === backslash && bytes[length - 5] === u) {
    const value = hex(bytes, length - 4, length)
    if (value === undefined) return length
    const plain = Buffer.from(String.fromCharCode(value))
    bytes.set(plain, length - 6)
    return length - 6 + plain.length
  }
  return length
}

function hex(bytes: Uint8Array, from: number, to: number): number | undefined {
  let value = 0
  for (let place = from; place < to; place++) {
    const digit = digits[bytes[place] ?? 0] ?? 16
    if (digit > 15) return undefined
    value = value * 16 + digit
  }
  return value
}

const digits = Uint8Array.from({ length: 256 }, (_, code) => {
  const place = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase())
  return place < 0 ? 16 : place
})
