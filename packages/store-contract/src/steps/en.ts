/** How each sentence is tried, so that its author can do the same by hand; by the id of the claim. */
export const steps = {
  'shape.store': 'Make the store, and look for the methods.',
  'shape.session':
    'Give the store to session() with resave: false, and send three requests with the same cookie to a route that counts.',
  'data.unknown': 'get a sid that was never set.',
  'data.set-get': 'set a session with a text and a number; get it.',
  'data.text': 'set a session with kanji, emoji, quotes, a line break, a tab and U+2028; get it.',
  'data.nested':
    'set a session with arrays in objects, an empty string, 0, false, null, an empty object, a Date and 1e21; get it, and compare it as JSON.',
  'data.keys': 'set a session with the keys "a.b", "$set" and "d e"; get it.',
  'data.cookie':
    'set a session whose cookie has path: "/shop", sameSite: "lax", httpOnly and a maxAge of a minute; get it, and compare the cookie as JSON (expires to a second).',
  'data.copy': 'set a session with an array; push to that array; get the session.',
  'data.replace': 'set a session with the keys n and old; set the same sid with n alone; get it.',
  'data.destroy': 'set two sessions; destroy the first; get both.',
  'data.destroy-unknown': 'set a session; destroy a sid that was never set; get the session.',
  'data.megabyte': 'set a session with a text of 1,000,000 characters; get it.',
  'data.parallel':
    'Call set for 1000 sids at once, each with its number; then get all at once. What is refused by callback is called again, in at most four rounds.',
  'sid.case': 'set four sids that differ in case, each with its number; get and then destroy all of them.',
  'sid.punctuation':
    'set sids that differ in one sign (- _ . : / * % ? ! ~), each with its number; get and then destroy all of them.',
  'sid.unicode':
    'set が, か with a combining mark, か, é, e, e with a space behind it and two emoji as sids, each with its number; get and then destroy all of them.',
  'sid.long': 'set two sids of 200 characters that differ in the last one; get and then destroy both.',
  'sid.special':
    'get __proto__, constructor, toString, a piece of SQL, .., . and * before any of them is set; set each with its number; get and then destroy all of them.',
  'sid.path':
    'set the sid ../sid-path-up and one that is an absolute path; look for files outside the folder of the store.',
  'expiry.row': 'set a session with a maxAge of 2 s; get it ten times a second for 4.5 s.',
  'expiry.none': 'set a session whose cookie has no expiry; get it after 4.5 s.',
  'expiry.read':
    'set a session with a maxAge of 4 s; get it ten times a second until shortly before its end, and look at the row through another connection at half of that, if there is one; get it after 5.3 s.',
  'expiry.longer': 'set a session with a maxAge of 2 s; set it again with a minute; get it after 4.5 s.',
  'expiry.shorter': 'set a session with a maxAge of a minute; set it again with 2 s; get it after 4.5 s.',
  'touch.offered': 'Look for the method touch.',
  'touch.extends':
    'set a session with a maxAge of 2 s; touch it with a session whose maxAge is a minute; get it after 4.5 s.',
  'touch.no-expiry':
    'set a session whose cookie has no expiry; touch it with the same; get it at once, and after 2 s.',
  'touch.set-again':
    'set a session with a maxAge of 2 s; touch it with a maxAge of a minute; get it after 4.5 s, make a session of it with createSession, as session() does, and set that; get it once more.',
  'touch.in-use':
    'Give the store to session() with resave: false and a maxAge of 2 s, and visit for 4.5 s, every 0.4 s, a route that counts, saves and redirects, and the page that it redirects to.',
  'touch.keeps-data':
    'set a session with n: 2; touch it with a session that holds n: 1, as a slower request does; get it.',
  'touch.beside-set':
    'Twenty times: call touch with the older data and set with newer data at once; wait for both; get it.',
  'touch.gone': 'set a session, destroy it and touch it; touch a sid that was never set, too; get both.',
  'touch.expired':
    'set a session with a maxAge of 2 s; touch it after 4.5 s with a maxAge of a minute; get it.',
  'touch.beside-destroy':
    'Twenty times: set a session; call touch and destroy at once; wait for both; get it.',
  'optional.length': 'Call length; set three sessions; call length.',
  'optional.all': 'set three sessions; call all.',
  'optional.clear': 'set two sessions; clear; get both; set another one, and get it.',
  'callback.once':
    'Call every method, get and destroy of an unknown sid, too, with a callback that counts; wait for 0.1 s.',
  'callback.throws':
    'Call set, get, touch and destroy with a callback that throws; count its calls; get the session; set and get another.',
  'callback.none': 'Call set, touch and destroy without a callback; get the session after each.',
  'failure.corrupt-row':
    'set a session; put text that is no session in the place of the row; get it; set it again, and get it.',
  'failure.gone': 'set a session; stop the server; call get, set, touch and destroy at once; wait for 5 s.',
  'failure.back':
    'set a session; stop the server; get it; start the server; set another session every 0.1 s for 10 s until that is answered; get it.',
  'failure.hangs':
    'Reach the server through a proxy, set a session; let the proxy keep its connections and pass nothing on; call get, set, touch and destroy at once, and wait for 5 s; let it pass all on, and set every 0.1 s for 10 s until that is answered.',
  'failure.busy':
    'set sessions; lock the rows through another connection; call set, touch and destroy; unlock; set five more; look for all that were acknowledged through the other connection, and lock again.',
  'process.restart': 'set a session; close the store; open it in another process, and get the session there.',
  'process.ends-closed':
    'In a process with nothing else to do: open the store, get, set, close it; wait for 5 s.',
  'process.ends-open':
    'In a process with nothing else to do: open the store, get, set, and leave it open; wait for 5 s.',
  'process.two':
    'Open the store in another process, too. set here, get there; set there, get here; destroy there, touch and get here, get there; set twenty rows here and twenty there at once, and get all of them on both sides.',
} as const satisfies Readonly<Record<string, string>>
