import { longestData } from '../exchange.ts'

/** A text as the record keeps it. A slice would keep the whole text in memory. */
export const shortened = (text: string): string =>
  text.length > longestData ? Buffer.from(text.slice(0, longestData)).toString() : text
