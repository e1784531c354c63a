// Suggestions under every search box while one is typing.
// Source: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (list autocomplete with manual selection)
(() => {
  const page = document
  let asking, timer
  const listOf = box => {
    let list = page.getElementById(box.id + "-list")
    if (list) return list
    list = page.createElement("ul")
    const told = { role: "listbox", id: box.id + "-list", "aria-label": box.labels[0].textContent, class: "suggestions" }
    for (const name in told) list.setAttribute(name, told[name])
    const state = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false }
    for (const name in state) box.setAttribute(name, state[name])
    list.hidden = true
    list.addEventListener("pointerdown", event => event.preventDefault())
    list.addEventListener("click", event => {
      const option = event.target.closest("[role=option]")
      if (option) take(box, option)
    })
    box.addEventListener("blur", () => close(box))
    box.after(list)
    return list
  }
  const chosen = list => list.querySelector("[aria-selected=true]")
  const choose = (box, option) => {
    const list = listOf(box)
    chosen(list)?.setAttribute("aria-selected", false)
    option?.setAttribute("aria-selected", true)
    option?.scrollIntoView({ block: "nearest" })
    box.setAttribute("aria-activedescendant", option?.id || "")
  }
  const close = box => {
    clearTimeout(timer)
    asking?.abort()
    choose(box)
    listOf(box).hidden = true
    box.setAttribute("aria-expanded", false)
  }
  const take = (box, option) => {
    box.value = option.textContent
    close(box)
    box.form.requestSubmit()
  }
  const show = (box, words) => {
    const list = listOf(box)
    list.replaceChildren(...words.map((word, place) => {
      const option = page.createElement("li")
      option.id = list.id + place
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", false)
      option.textContent = word
      return option
    }))
    choose(box)
    list.hidden = !words.length
    box.setAttribute("aria-expanded", !!words.length)
  }
  const ask = async box => {
    asking = new AbortController()
    try {
      const answer = await fetch("/search/suggest?q=" + encodeURIComponent(box.value), { signal: asking.signal })
      const words = answer.ok && (await answer.json())[1]
      if (page.activeElement == box) show(box, words || [])
    } catch {}
  }
  page.addEventListener("input", event => {
    const box = event.target
    if (!("suggests" in box.dataset)) return
    close(box)
    if (box.value.trim() && box.value.length <= 60) timer = setTimeout(ask, 150, box)
  })
  page.addEventListener("keydown", event => {
    const box = event.target, key = event.key
    if (!box.dataset || !("suggests" in box.dataset) || event.isComposing) return
    const list = listOf(box), now = chosen(list)
    if (list.hidden) return
    if (key == "Escape") close(box)
    else if (key == "ArrowDown") choose(box, now ? now.nextSibling : list.firstChild)
    else if (key == "ArrowUp") choose(box, now ? now.previousSibling : list.lastChild)
    else if (key == "Enter" && now) take(box, now)
    else return
    event.preventDefault()
  })
})()
