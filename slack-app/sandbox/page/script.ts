/*
 * The little that the page does by itself: sends presses and forms, and asks once a second what is new. Kept free of
 * backslashes, so that it reads the same here and in the browser.
 */
export const SCRIPT = `
(() => {
  const base = document.body.dataset.base
  const me = () => document.getElementById('viewer').value
  const channel = document.body.dataset.channel
  const scroll = document.getElementById('scroll')
  const dialog = document.getElementById('dialog')
  const toast = document.getElementById('toast')
  let revision = 0
  let modalRevision = ''
  let toastTimer

  const say = (text) => {
    toast.textContent = text
    clearTimeout(toastTimer)
    toastTimer = setTimeout(() => { toast.textContent = '' }, 5000)
  }
  const send = async (path, body) => {
    const answer = await fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: me(), ...body }) })
    const result = await answer.json()
    if (!result.ok) say(result.says)
    await refresh()
  }
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
  const writeTimes = (root) => {
    for (const time of root.querySelectorAll('time')) {
      const at = new Date(time.dateTime)
      const today = at.toDateString() === new Date().toDateString()
      time.textContent = time.className === 'clock' ? clock.format(at) : time.className === 'day' ? day.format(at) : (today ? 'today' : day.format(at)) + ' at ' + clock.format(at)
      time.title = at.toLocaleString()
    }
    for (const input of root.querySelectorAll('input[data-unix]')) {
      if (!input.dataset.unix) continue
      const at = new Date(Number(input.dataset.unix) * 1000)
      input.value = new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16)
    }
  }
  const drawMessages = (html) => {
    const key = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : undefined
    const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80
    scroll.innerHTML = html
    writeTimes(scroll)
    if (atEnd || revision === 0) scroll.scrollTop = scroll.scrollHeight
    const again = key && [...scroll.querySelectorAll('[data-key]')].find((one) => one.dataset.key === key)
    if (again) again.focus()
  }
  const drawModal = (modal) => {
    const wanted = modal ? modal.id + '/' + modal.revision : ''
    if (wanted === modalRevision) return
    modalRevision = wanted
    if (!modal) { if (dialog.open) dialog.close(); dialog.innerHTML = ''; return }
    dialog.innerHTML = modal.html
    writeTimes(dialog)
    if (!dialog.open) dialog.showModal()
    const first = dialog.querySelector('[aria-invalid]') || dialog.querySelector('[data-fill]')
    if (first) first.focus()
  }
  const refresh = async () => {
    const answer = await fetch(base + '/changes?user=' + encodeURIComponent(me()) + '&channel=' + channel + '&revision=' + revision)
    if (answer.status === 204) return
    const news = await answer.json()
    drawMessages(news.messages)
    drawModal(news.modal)
    revision = news.revision
  }
  const press = async (element, option) => {
    const message = element.closest('[data-ts]')
    element.disabled = true
    await send('/press', { channel: message.dataset.channel, ts: message.dataset.ts, blockId: element.dataset.blockId, actionId: element.dataset.actionId, option })
    if (element.isConnected) element.disabled = false
  }
  document.addEventListener('click', (event) => {
    const pressed = event.target.closest('[data-press]')
    if (pressed) press(pressed, pressed.dataset.option)
    else if (event.target.closest('[data-close-modal]')) send('/close', {})
    for (const menu of document.querySelectorAll('.overflow[open]')) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener('change', (event) => {
    const element = event.target
    if (element.id === 'viewer') {
      const url = new URL(location.href)
      url.searchParams.set('user', element.value)
      location.href = url.href
    } else if (element.matches('[data-choose]') && element.value) press(element, element.value)
  })
  const fillOf = (form) => {
    const fill = {}
    for (const field of form.querySelectorAll('[data-fill]')) {
      const name = field.closest('[data-block-id]').dataset.blockId
      const kind = field.dataset.fill
      if (kind === 'checkboxes') fill[name] = [...field.querySelectorAll('input:checked')].map((one) => one.value)
      else if (kind === 'radio_buttons') fill[name] = (field.querySelector('input:checked') || { value: '' }).value
      else if (kind === 'datetimepicker') fill[name] = field.value ? Math.floor(new Date(field.value).getTime() / 1000) : 0
      else fill[name] = field.value
    }
    return fill
  }
  document.addEventListener('submit', async (event) => {
    event.preventDefault()
    const form = event.target
    if (form.id === 'composer') {
      const input = form.elements.text
      const text = input.value.trim()
      if (!text) return
      input.value = ''
      await send(text.startsWith('/') ? '/command' : '/say', { channel, text })
    } else {
      for (const button of form.querySelectorAll('button')) button.disabled = true
      await send('/submit', { fill: fillOf(form) })
      for (const button of form.querySelectorAll('button')) button.disabled = false
    }
  })
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); send('/close', {}) })
  const poll = async () => {
    try { await refresh() } catch { say('The stand-in does not answer.') }
    setTimeout(poll, 1000)
  }
  poll()
})()
`
