// Keeps the press's progress up to date while somebody looks at it.
for (const place of document.querySelectorAll("[data-press]")) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.press, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok || answer.redirected) return;
      const text = await answer.text();
      if (text !== place.dataset.shown) {
        place.innerHTML = text;
        place.dataset.shown = text;
      }
    } catch {
      // The desk is away for a moment; the next look tells.
    }
  }, 2000);
}
