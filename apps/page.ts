/**
 * What the README's one-line answers leave out and a browser needs: language, title, style; and the script with which the
 * lab says the words in Japanese, for whoever reads that.
 */
export const openPage = (title: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
  '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css">' +
  '<script src="/__lab/words.js"></script></head>' +
  `<body><main><h1>${title}</h1>`

export const closePage = '</main></body></html>'

/** One whole page. `body` is HTML: whatever a visitor typed is escaped by the caller. */
export const page = (title: string, body: string): string => openPage(title) + body + closePage
