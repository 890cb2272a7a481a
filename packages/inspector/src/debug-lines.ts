// switches on what has to be there before express-session is loaded: its debug lines, and what session() is told
import { watchExpressSession } from './watch/express-session.ts'

watchExpressSession()
