import jsTokens, { type Token } from 'js-tokens'

/** A statement, at whatever depth: its first and last line, from 1, and the word or sign that it begins with. */
export interface SourceStatement {
  first: number
  last: number
  beginsWith: string
}

/**
 * The statements of a source text, those inside of others too. Found by its brackets and by where JavaScript sees a
 * statement begin; its layout does not count.
 */
function statementsIn(source: string): SourceStatement[] {
  const found: SourceStatement[] = []
  /** The one under way, in each of the brackets that are open. */
  const underWay: (SourceStatement | undefined)[] = [undefined]
  let previous: Token | undefined
  let line = 1
  let isNewLine = true
  for (const token of jsTokens(source)) {
    const first = line
    line += token.value.split(/\r\n|[\n\r\u2028\u2029]/).length - 1
    if (token.type === 'LineTerminatorSequence') isNewLine = true
    if (isBlank.has(token.type)) continue
    if (closes(token)) underWay.pop()
    const current = underWay.at(-1)
    if (current && !(isNewLine && isBetween(previous, token))) {
      current.last = line
    } else {
      const begun = { first, last: line, beginsWith: token.value }
      found.push(begun)
      underWay[underWay.length - 1] = begun
    }
    if (token.value === ';') underWay[underWay.length - 1] = undefined
    if (opens(token)) underWay.push(undefined)
    previous = token
    isNewLine = false
  }
  return found
}

const isBlank: ReadonlySet<Token['type']> = new Set([
  'WhiteSpace',
  'LineTerminatorSequence',
  'SingleLineComment',
  'MultiLineComment',
  'HashbangComment',
])

const opens = ({ type, value }: Token) =>
  type === 'TemplateHead' || type === 'TemplateMiddle' || (type === 'Punctuator' && /^[([{]$/.test(value))
const closes = ({ type, value }: Token) =>
  type === 'TemplateTail' || type === 'TemplateMiddle' || (type === 'Punctuator' && /^[)\]}]$/.test(value))

const goesOn = /^(as|catch|else|extends|finally|implements|in|instanceof|of|satisfies|while)$/

const declares = /^(class|const|export|for|function|if|import|interface|let|type)$/

/** Whether one statement ends with the last token of a line and another begins with the first of the next. */
function isBetween(last: Token | undefined, next: Token): boolean {
  if (last === undefined || next.type === 'Punctuator' || goesOn.test(next.value)) return false
  if (last.value === '>') return declares.test(next.value) // of type arguments, and no comparison
  return last.type !== 'Punctuator' || closes(last)
}

const holds = ({ first, last }: SourceStatement, line: number) => first <= line && line <= last

/** The lines of the `prove(…)` that begins on a line, or of the loop around it: its cases stand there. */
export function linesOfProof(source: string, line: number): SourceStatement | undefined {
  const around = statementsIn(source).filter((statement) => holds(statement, line))
  return around.find(({ beginsWith }) => beginsWith === 'for') ?? around.find(({ first }) => first === line)
}

/**
 * The lines that make the app of a proof: of the statements around the line where it is made, the outermost one that
 * is not around the proof as well. Undefined when the lines of the proof make it.
 */
export function linesOfApp(source: string, line: number, proof: number): SourceStatement | undefined {
  const shown = linesOfProof(source, proof)
  if (shown && holds(shown, line)) return undefined
  return statementsIn(source).find((statement) => holds(statement, line) && !holds(statement, proof))
}
