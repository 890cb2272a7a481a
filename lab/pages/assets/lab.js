// @ts-check
import './processes.js'
import { addCopyButtons } from './copy.js'
import { startFrames } from './frames.js'
import { startLesson } from './lesson.js'
import { startLive } from './live.js'

for (const element of document.querySelectorAll('.needs-script')) element.removeAttribute('hidden')
const frames = startFrames()
const live = startLive(frames)
startLesson(frames, live)
addCopyButtons()
// a statement's link opens the fold that it is in
const openTarget = () =>
  document.getElementById(location.hash.slice(1))?.closest('details')?.setAttribute('open', '')
addEventListener('hashchange', openTarget)
openTarget()
