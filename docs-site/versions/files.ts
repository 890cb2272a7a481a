/** The page with the table of the first stack, in each language. */
export const versionsFile = 'versions.html'
/** All releases, each with what changed. */
export const releasesFile = 'releases.html'
/** Two releases compared. */
export const fromToFile = 'from-to.html'

/** The place of a release on the page of all releases. */
export const releaseId = (version: string): string => `v${version}`
