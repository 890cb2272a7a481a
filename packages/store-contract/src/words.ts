/** One text in both languages. */
export type Words = Readonly<Record<'ja' | 'en', string>>
