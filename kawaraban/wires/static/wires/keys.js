// The keyboard. Wagtail hears “/” and “?” as well, so these are taken before it does.
export function listenToKeys({ list, dialog, words }) {
  const deeds = {
    j: () => list.step(1),
    k: () => list.step(-1),
    n: () => list.show(),
    g: () => list.unfold(list.current()),
    s: () => list.act(list.current(), "spike"),
    f: () => list.act(list.current(), "flash"),
    a: () => go("article/"),
    "/": () => words.focus(),
    "?": () => dialog.showModal(),
  };

  function go(place) {
    const row = list.current();
    if (row && (!place || row.querySelector(`a[href$="${place}"]`))) location.assign(row.dataset.address + place);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open], [aria-modal='true']:not([aria-hidden='true'])")) return;
      if (target.matches("input, textarea, select, [contenteditable]")) {
        if (key === "Escape" && target === words) target.blur();
        return;
      }
      const isOpening = key === "Enter" && target.matches("[data-key]");
      if (!isOpening && !Object.hasOwn(deeds, key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isOpening) go("");
      else deeds[key]();
    },
    true,
  );
}
