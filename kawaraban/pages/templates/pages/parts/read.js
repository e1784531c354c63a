// Tells the newsstand, once, that the article was read: after SECONDS of being visible, or when PERCENT of it has scrolled past.
(() => {
  const page = document, browser = navigator, token = page.currentScript.dataset.token
  if (SIGNALS && (browser.globalPrivacyControl || browser.doNotTrack == 1)) return
  let timer, since = 0, left = SECONDS * 1e3, isTold
  const article = () => page.querySelector("[data-read]")
  const tell = () => {
    if (isTold || !since || !article()) return
    isTold = 1
    let from = ""
    try { from = new URL(page.referrer).hostname } catch {}
    const where = "/-/read?" + [article().dataset.read, token, from].join(".")
    browser.sendBeacon?.(where) || fetch(where, { method: "POST", keepalive: true }).catch(() => {})
  }
  const look = () => {
    const now = performance.now()
    clearTimeout(timer)
    left -= since && now - since
    since = page.visibilityState == "visible" && !page.prerendering && now
    if (since) timer = setTimeout(tell, left)
  }
  for (const change of ["visibilitychange", "prerenderingchange"]) page.addEventListener(change, look)
  addEventListener("scroll", () => {
    const box = article()?.getBoundingClientRect()
    if (box && -box.top * 100 > box.height * PERCENT) tell()
  }, { passive: true })
  look()
})()
