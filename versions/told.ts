/**
 * Lines of the release notes that tell of a sentence's turn in other words than its own: found by reading them beside
 * what the claims saw before and after.
 */
const told: readonly { version: string; note: string; ids: readonly string[] }[] = [
  {
    version: '1.18.1',
    note: 'fix: narrow the validation of cookies to match RFC6265', // of cookie@0.7.0, the domain among them
    ids: ['finding.invalid-domain-loses-the-cookie'],
  },
  {
    version: '1.18.0',
    note: 'Support any type in `secret` that `crypto.createHmac` supports',
    ids: ['secret.any-createHmac-type'],
  },
  {
    version: '1.17.3',
    note: 'Fix resaving already-saved new session at end of request',
    ids: [
      'saveUninitialized.uninitialized-means-new-and-unmodified',
      'store.required-methods-always-called',
      'store.recommended-method-called-if-available',
      'store.set.required-upsert',
      'finding.regenerate-save-sets-twice',
    ],
  },
  {
    version: '1.14.1',
    note: 'Fix not always resetting session max age before session save',
    ids: [
      'resave.store-with-touch-can-use-false',
      'resave.ttl-store-without-touch-needs-true',
      'rolling.resets-expiration-to-original-maxAge',
      'session.touch.updates-maxAge',
      'session.touch.called-by-middleware',
      'cookie-object.maxAge.reset-by-touch-when-request-completes',
      'store.touch.recommended',
      'store.touch.resets-idle-timer',
      'finding.fixed-expires-slides',
    ],
  },
]

/** The line that tells of it; undefined where it says so in the sentence's own words, or nobody has read it. */
export const readByEye = (version: string, id: string): string | undefined =>
  told.find((each) => each.version === version && each.ids.includes(id))?.note
