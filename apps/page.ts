/** What the README's one-line answers leave out and a browser needs: language, title, style. */
export const openPage = (title: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
  '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>' +
  `<body><main><h1>${title}</h1>`

export const closePage = '</main></body></html>'

/** One whole page. `body` is HTML: whatever a visitor typed is escaped by the caller. */
export const page = (title: string, body: string): string => openPage(title) + body + closePage
