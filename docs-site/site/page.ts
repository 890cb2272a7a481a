import { type Html, html } from '../../common/html.ts'
import { type Language, languages } from '../../common/words.ts'
import { sections } from '../../statements/index.ts'
import { type GroupName, groups } from '../../statements/section.ts'
import type { StatementResult } from '../results/results.ts'
import { standingOf } from '../results/results.ts'
import { troubleWords } from '../troubles/words.ts'
import { versionsFile } from '../versions/files.ts'
import { versionWords } from '../versions/words.ts'
import { matrixFile } from './matrix-data.ts'
import { matrixWords } from './matrix-words.ts'
import { findingsFile } from './sentence-page.ts'
import { searchFile, troublesFile } from './troubles.ts'
import { docsWords, standingIcons } from './words.ts'

interface PageOptions {
  language: Language
  title: string
  /** The file name of the page, the same in every language. */
  file: string
  /** For the navigation: it marks the sections that need attention. */
  results: readonly StatementResult[]
  content: Html
  /** The file names of scripts that add to the page; it works without. */
  scripts?: readonly string[]
}

/** A whole page: head, navigation of the sections, content. Links are relative, so that it opens from anywhere. */
export function page({ language, title, file, results, content, scripts = [] }: PageOptions): string {
  const words = docsWords[language]
  const other = languages.find((candidate) => candidate !== language) ?? language
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="../assets/favicon.ico">
<link rel="stylesheet" href="../assets/page.css">
<link rel="stylesheet" href="../assets/lab.css">
<link rel="stylesheet" href="../assets/verdicts.css">
<link rel="stylesheet" href="../assets/troubles.css">
<link rel="stylesheet" href="../assets/docs.css">
<link rel="stylesheet" href="../assets/versions.css">
<script src="../assets/language.js" defer></script>
${scripts.map((script) => html`<script src="../assets/${script}" defer></script>`)}
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header class="top">
<p class="site"><a href="index.html">express-session-lab</a></p>
<nav aria-label="express-session-lab"><a class="to-contents" href="#contents">${words.toContents}</a><a lang="${other}" hreflang="${other}" href="../${other}/${file}">${words.otherLanguage}</a></nav>
</header>
<div class="docs">
${contents(language, file, results)}
<main id="content">
${content}
</main>
</div>
</body>
</html>
`.html
}

const groupNames = Object.keys(groups) as GroupName[]

function contents(language: Language, file: string, results: readonly StatementResult[]): Html {
  const words = docsWords[language]
  const link = (target: string, label: Html | string) =>
    html`<li><a href="${target}"${target === file ? html` aria-current="page"` : ''}>${label}</a></li>`
  return html`<nav class="contents" id="contents" aria-label="${words.contents}">
<ul>${link('index.html', words.start)}${link(troublesFile, troubleWords[language].title)}${link(searchFile, troubleWords[language].search)}${link(findingsFile, words.ofThisLab)}${link(matrixFile, matrixWords[language].short)}${link(versionsFile, versionWords[language].title)}</ul>
${groupNames.map(
  (name) => html`<h2>${groups[name][language]}</h2>
<ul>${sections
    .filter(({ group }) => group === name)
    .map(({ slug, title }) =>
      link(`${slug}.html`, html`<span>${title[language]}</span>${marks(slug, results, language)}`),
    )}</ul>`,
)}
</nav>`
}

/** How many statements of a section differ from the documentation or do not stand, by icon and number. */
function marks(slug: string, results: readonly StatementResult[], language: Language): Html {
  const own = results.filter((result) => result.section === slug).map(standingOf)
  const shown = (['failed', 'does-not-hold', 'condition'] as const)
    .map((standing) => ({ standing, count: own.filter((each) => each === standing).length }))
    .filter(({ count }) => count > 0)
  return html`${shown.map(
    ({ standing, count }) =>
      html` <span class="mark is-${standing}"><span aria-hidden="true">${standingIcons[standing]}</span><span class="hidden">${docsWords[language].standing[standing]} </span>${count}</span>`,
  )}`
}
