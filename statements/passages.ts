// Made by: npm run docs -- --passages

/** The express-session whose README the catalogue was last compared with. */
export const readmeVersion = '1.19.0'

/** Its passages: heading → a hash of each paragraph, list item and code block under it, in their order. */
export const readmePassages: Readonly<Record<string, string>> = {
  'express-session': '4c35a4eae765',
  'express-session › Installation': '63d151e8ddc3 3c998f9fa9d0',
  'express-session › API': '0189327534f1',
  'express-session › API › session(options)':
    '16835208ef57 10f51bb91aa8 de0b8e8cbe5e 7a92909cbc54 047efc8689c3',
  'express-session › API › session(options) › Options': 'c4d0ac1f4302',
  'express-session › API › session(options) › Options › cookie':
    '5737ae16ca03 9d59e84c5f4f 6a3fe7258273 01d26666bc33',
  'express-session › API › session(options) › Options › cookie.domain': '606e9adb80f6',
  'express-session › API › session(options) › Options › cookie.expires':
    '62cdaaa710eb cd7d6ccfbeda bed860cda746',
  'express-session › API › session(options) › Options › cookie.httpOnly': '25bbab11d17b 7665673ffaf2',
  'express-session › API › session(options) › Options › cookie.maxAge': 'a627f88158aa cd7d6ccfbeda',
  'express-session › API › session(options) › Options › cookie.partitioned':
    'e5bc47bf9746 73d2e392bb53 2963955b22fb',
  'express-session › API › session(options) › Options › cookie.path': '04eaee4ca76d',
  'express-session › API › session(options) › Options › cookie.priority':
    '28adbe93f39e cb109aa6e633 dd2d8e57166e 37207a713793 3f2b0aa505e1 73d2e392bb53',
  'express-session › API › session(options) › Options › cookie.sameSite':
    '1361f470ba8c 70f30f2a1f64 68179e4e3882 36a0e86a93e1 7ee70f8cade4 e0b18646038b 0c76772c6415 e2e87842e04d 73d2e392bb53 92f3eee563f4 8de72912c490',
  'express-session › API › session(options) › Options › cookie.secure':
    'e1667cb2442a 3aeb5ccfd205 1ce6484561c3 cf18f3881c1d 01b86d4d01f0 552b49a19a98 8c6a024f4a02',
  'express-session › API › session(options) › Options › genid':
    'dc94ba6dbb29 4b0c44bb61c4 3d3106c2ea79 1e1795afc7a1',
  'express-session › API › session(options) › Options › name': '8979fdf130ce f91e2edce62f dc0a546b9380',
  'express-session › API › session(options) › Options › proxy':
    '7ba3c573d2d1 29dba9b5a7f5 6c44cad2aba1 503d351b0321 244a97a5cc18',
  'express-session › API › session(options) › Options › resave': 'e487738683b0 58101551bf88 29b5d7b57685',
  'express-session › API › session(options) › Options › rolling':
    '350d8e02b6cb 40511e48971c a04f2ff531f3 6322b37eecc8 9a0142385bf1',
  'express-session › API › session(options) › Options › saveUninitialized':
    '4146853fd54e 71d575bbe9d8 5e0bfc1869a9',
  'express-session › API › session(options) › Options › secret':
    '17fabf93942c 00e6073cbffe ec04763c4348 87ba6334b9ef 15a393f69404 9bfe3b242436 4590fd12d9ce',
  'express-session › API › session(options) › Options › store': '100a7d1d37c1',
  'express-session › API › session(options) › Options › unset':
    '14de6d86f45a 372d9f84615a 3cca74810ac7 22b37eb28db1',
  'express-session › API › req.session': '759aa9438ada 83322a88207c',
  'express-session › API › req.session › Session.regenerate(callback)': 'a775970b6d0c 888191c8ded2',
  'express-session › API › req.session › Session.destroy(callback)': '96a48015346a a3fb70957c91',
  'express-session › API › req.session › Session.reload(callback)': '1ad681976644 51b8dc05bc7a',
  'express-session › API › req.session › Session.save(callback)':
    'a6f32c8db375 8c17a79f9890 35ad686641b2 74026490da4a',
  'express-session › API › req.session › Session.touch()': '5e2d3df0081c',
  'express-session › API › req.session.id': 'dff0c607f628',
  'express-session › API › req.session.cookie': '796085529f00',
  'express-session › API › req.session.cookie › Cookie.maxAge':
    '4c7d26c7c158 2ac5c27dcefd 8ef56689026f b99e07137631',
  'express-session › API › req.session.cookie › Cookie.originalMaxAge': '9f0a2a94745e',
  'express-session › API › req.sessionID': '7b6334f0a5a3',
  'express-session › Session Store Implementation':
    '0e2d2e4f2c0e d8658a080478 d01180a3279d ba9c64493129 427a38b270b1',
  'express-session › Session Store Implementation › store.all(callback)': 'dbd2e6c7023d f03cff7120e9',
  'express-session › Session Store Implementation › store.destroy(sid, callback)':
    'a2a501b18e6e 8d66e6d7ccc5',
  'express-session › Session Store Implementation › store.clear(callback)': 'dbd2e6c7023d edadd2573999',
  'express-session › Session Store Implementation › store.length(callback)': 'dbd2e6c7023d 5e61ce4574e4',
  'express-session › Session Store Implementation › store.get(sid, callback)':
    'a2a501b18e6e 49a6ce8e9413 527432a51df3',
  'express-session › Session Store Implementation › store.set(sid, session, callback)':
    'a2a501b18e6e 0acb006b4b88',
  'express-session › Session Store Implementation › store.touch(sid, session, callback)':
    'b5e803499d24 21e6b58cf03c b6a523ae8aee',
  'express-session › Compatible Session Stores':
    'bc488b53e460 61d232fe67a2 09f6a5158e14 9ed604f1a519 38241c117a95 f9063ca2a58c 503732c0534a 673be913146a 63e4727cb75b 28a0f9d9cc94 ff003899c964 5d755830c8f0 fd71a8df5ed4 5558a8652479 ce5ac40dab39 b2fa2d725f5a 1365d16d51f7 b2662c455782 6037b02aeff0 13bcc2bcc25f 12544629c1d3 22697f14cd86 ea4a80d8a860 0a230fe0475f c50589b25a4e 1d9555d56a4b 83b2b34d993e 2c4bb2796565 7a585637d6a0 4db10c51765b 017403ae514e 87c00f73a653 1ad923575cc2 409a7b6869e9 d6e6fc803c70 c0d48865694e df47fb2dfc07 467da24dfc30 ba6b96c5dfcd 1fb638e6e483 d0ee120599f8 061c8e6115ae 138c8881f7ad d93eb54b8562 012950cbf156 15280517cae0 19f2678de55e b3ac409c7e5c 6e086dbe053b cdf9783b025d 3cc7b590e628 ff39c9083351 8c822986e5cd e734d93c342b 7edca109e8cf 7f92631c0dee 8e2641c4e489 9d13fa7f1ca0 3817ac7ab587 1139bf13e405 6825eae34c21 a2d375299d4c 088f4bd78c5b d28112373419',
  'express-session › Examples › View counter': '3e8ce1100f85 d20a38ee857e',
  'express-session › Examples › User login': 'a7fe07bda83f 34ba492f3a51',
  'express-session › Debugging': '4874c0aaff6c 544821b240e0 21c3b860f500 980fc592d06b 9ca270171be9',
  'express-session › License': '919882cb74aa',
}
