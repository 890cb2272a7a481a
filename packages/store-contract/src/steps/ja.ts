import type { steps as english } from './en.ts'

/** 各文の確かめかた。The same in Japanese. */
export const steps: Readonly<Record<keyof typeof english, string>> = {
  'shape.store': 'ストアを作り、メソッドがあるかを見る。',
  'shape.session':
    'resave: falseのsession() にストアを渡し、数を数えるルートへ、同じCookieで3回リクエストする。',
  'data.unknown': '一度もsetしていないsidをgetする。',
  'data.set-get': '文字列と数の入ったセッションをsetし、getする。',
  'data.text': '漢字、絵文字、引用符、改行、タブ、U+2028の入ったセッションをsetし、getする。',
  'data.nested':
    'オブジェクトの中の配列、空の文字列、0、false、null、空のオブジェクト、Date、1e21の入ったセッションをsetし、getして、JSONとして比べる。',
  'data.keys': '"a.b"、"$set"、"d e" というキーのあるセッションをsetし、getする。',
  'data.cookie':
    'cookieがpath: "/shop"、sameSite: "lax"、httpOnly、1分のmaxAgeを持つセッションをsetし、getして、cookieをJSONとして比べる(expiresは1秒の差まで)。',
  'data.copy': '配列の入ったセッションをsetし、その配列にpushしてから、セッションをgetする。',
  'data.replace': 'キーnとoldのあるセッションをsetし、同じsidをnだけでsetして、getする。',
  'data.destroy': 'セッションを2つsetし、1つ目をdestroyして、両方をgetする。',
  'data.destroy-unknown': 'セッションをsetし、一度もsetしていないsidをdestroyして、セッションをgetする。',
  'data.megabyte': '100万文字の文字列が入ったセッションをsetし、getする。',
  'data.parallel':
    '1000個のsidを、それぞれの番号で同時にsetし、そのあと同時にgetする。コールバックのエラーで断られたものは、4回目まで呼び直す。',
  'sid.case': '大文字と小文字だけが違う4つのsidを、それぞれの番号でsetし、すべてgetし、すべてdestroyする。',
  'sid.punctuation':
    '1つの記号(- _ . : / * % ? ! ~)だけが違うsidを、それぞれの番号でsetし、すべてgetし、すべてdestroyする。',
  'sid.unicode':
    'が、か+濁点、か、é、e、e+空白、2つの絵文字をsidとし、それぞれの番号でsetし、すべてgetし、すべてdestroyする。',
  'sid.long': '最後の1文字だけが違う200文字の2つのsidをsetし、両方をgetし、destroyする。',
  'sid.special':
    '__proto__、constructor、toString、SQLの断片、..、.、* を、setの前にgetする。それぞれの番号でsetし、すべてgetし、すべてdestroyする。',
  'sid.path':
    '../sid-path-up というsidと、絶対パスのsidをsetし、ストアのフォルダーの外にファイルができていないか見る。',
  'expiry.row': 'maxAgeが2秒のセッションをsetし、4.5秒のあいだ、毎秒10回getする。',
  'expiry.none': 'cookieに期限のないセッションをsetし、4.5秒後にgetする。',
  'expiry.read':
    'maxAgeが4秒のセッションをsetし、終わりの少し前まで毎秒10回getする。別の接続があれば、その半ばでレコードも見る。5.3秒後にgetする。',
  'expiry.longer': 'maxAgeが2秒のセッションをsetし、1分でsetし直して、4.5秒後にgetする。',
  'expiry.shorter': 'maxAgeが1分のセッションをsetし、2秒でsetし直して、4.5秒後にgetする。',
  'touch.offered': 'touchというメソッドがあるかを見る。',
  'touch.extends': 'maxAgeが2秒のセッションをsetし、maxAgeが1分のセッションでtouchして、4.5秒後にgetする。',
  'touch.no-expiry': 'cookieに期限のないセッションをsetし、同じものでtouchして、すぐと2秒後にgetする。',
  'touch.set-again':
    'maxAgeが2秒のセッションをsetし、1分のmaxAgeでtouchする。4.5秒後にgetし、session() と同じようにcreateSessionでセッションにして、setする。もう一度getする。',
  'touch.in-use':
    'resave: falseで、maxAgeが2秒のsession() にストアを渡し、数えてsaveしてリダイレクトするルートと、その先のページを、4.5秒のあいだ0.4秒ごとに訪れる。',
  'touch.keeps-data':
    'n: 2のセッションをsetし、遅いリクエストのように、n: 1を持つセッションでtouchして、getする。',
  'touch.beside-set': '古い内容でのtouchと新しい内容でのsetを同時に呼び、両方を待って、getする。これを20回。',
  'touch.gone': 'セッションをsetし、destroyし、touchする。一度もsetしていないsidもtouchする。両方をgetする。',
  'touch.expired': 'maxAgeが2秒のセッションをsetし、4.5秒後に、1分のmaxAgeでtouchして、getする。',
  'touch.beside-destroy':
    'セッションをsetし、touchとdestroyを同時に呼び、両方を待って、getする。これを20回。',
  'optional.length': 'lengthを呼び、セッションを3つsetして、もう一度lengthを呼ぶ。',
  'optional.all': 'セッションを3つsetし、allを呼ぶ。',
  'optional.clear': 'セッションを2つsetし、clearして、両方をgetする。もう1つsetして、getする。',
  'callback.once': 'すべてのメソッドを(知らないsidのgetとdestroyも)、数えるコールバックで呼び、0.1秒待つ。',
  'callback.throws':
    'set、get、touch、destroyを、例外を投げるコールバックで呼び、呼ばれた回数を数える。セッションをgetし、別のセッションをsetしてgetする。',
  'callback.none': 'set、touch、destroyを、コールバックなしで呼び、そのつどセッションをgetする。',
  'failure.corrupt-row':
    'セッションをsetし、レコードをセッションでない文字列に置き換えて、getする。setし直して、getする。',
  'failure.gone': 'セッションをsetし、サーバーを止める。get、set、touch、destroyを同時に呼び、5秒待つ。',
  'failure.back':
    'セッションをsetし、サーバーを止め、getし、サーバーを動かす。別のセッションを、答えがあるまで10秒のあいだ0.1秒ごとにsetし、getする。',
  'failure.hangs':
    'プロキシ越しにサーバーへつなぎ、セッションをsetする。プロキシが接続を保ったまま何も通さないようにし、get、set、touch、destroyを同時に呼んで5秒待つ。また通すようにして、答えがあるまで10秒のあいだ0.1秒ごとにsetする。',
  'failure.busy':
    'セッションをsetし、別の接続でロックする。set、touch、destroyを呼び、ロックを外す。さらに5つsetする。成功と答えたものがすべてあるかを別の接続で見て、もう一度ロックする。',
  'process.restart': 'セッションをsetし、ストアを閉じる。別のプロセスで開き、そこでセッションをgetする。',
  'process.ends-closed': 'ほかに何もしないプロセスで、ストアを開き、getし、setし、閉じて、5秒待つ。',
  'process.ends-open': 'ほかに何もしないプロセスで、ストアを開き、getし、setし、開いたままにして、5秒待つ。',
  'process.two':
    '別のプロセスでもストアを開く。こちらでsetし、向こうでgetする。向こうでsetし、こちらでgetする。向こうでdestroyし、こちらでtouchとget、向こうでgetする。こちらと向こうで20件ずつ同時にsetし、両方ですべてgetする。',
}
