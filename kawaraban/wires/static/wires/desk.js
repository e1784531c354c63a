// The wire desk's list: puts its parts together.
import { listenToKeys } from "./keys.js";
import { makeList } from "./list.js";
import { poll } from "./poll.js";
import { makeSwitch, ring } from "./sound.js";

const desk = document.querySelector("[data-wire-desk]");
const at = (name) => desk.querySelector(`[data-wire-${name}]`);

if (desk) {
  const list = makeList(desk, at);
  const dialog = at("dialog");
  const filters = at("filters");

  filters.addEventListener("change", (event) => event.target.type !== "search" && filters.requestSubmit());
  filters.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value.trim()) formData.delete(name);
  });
  at("help").addEventListener("click", () => dialog.showModal());
  makeSwitch(at("sound"));
  if ("keys" in desk.dataset) listenToKeys({ list, dialog, words: filters.elements.words });

  poll(desk, list.stamps, {
    onNews(news) {
      if (list.take(news)) ring();
      const count = at("quarantined");
      if (count) count.textContent = news.quarantined;
      count?.parentElement.classList.toggle("is-alarm", news.quarantined > 0);
    },
    onTrouble: list.say,
  });
}
