// Asks for suggestions about what is being written, and puts one that is chosen into the form's own fields.
const PAUSE = 2500; // milliseconds without a key before it asks by itself

for (const panel of document.querySelectorAll("[data-suggestions]")) offer(panel);

function offer(panel) {
  const form = panel.closest("form");
  const found = panel.querySelector("[data-suggestions-found]");
  const told = panel.querySelector("[data-suggestions-told]");
  const { suggestions: address, textAway, textFull } = panel.dataset;
  let timer = 0;
  let asking = null;
  let sent = "";

  const wait = (pause = PAUSE) => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(), pause);
  };

  async function ask({ always = false } = {}) {
    if (!always && (document.hidden || found.contains(document.activeElement))) return wait();
    const data = new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("comments-")));
    if (!always && data.toString() === sent) return undefined;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { method: "POST", body: data, signal, headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      found.innerHTML = await answer.text();
      sent = data.toString();
      told.textContent = "";
    } catch (error) {
      if (error.name === "AbortError") return undefined;
      told.textContent = textAway;
    }
    panel.removeAttribute("aria-busy");
    return undefined;
  }

  function pick(button) {
    const chooser = freeChooser() ?? added();
    if (!chooser?.widget) {
      told.textContent = textFull;
      return;
    }
    const { pick: id, title: adminTitle, edit: editUrl } = button.dataset;
    chooser.widget.setStateFromModalData({ id, adminTitle, editUrl });
    takeOut(button);
  }

  const choosers = () => [...form.querySelectorAll("[id^='id_picks-'][id$='-picked-chooser']")];
  const isThrownAway = (chooser) => document.getElementById(chooser.id.replace("-picked-chooser", "-DELETE"))?.value === "1";
  const freeChooser = () => choosers().find((chooser) => chooser.classList.contains("blank") && !isThrownAway(chooser));

  function added() {
    const add = document.getElementById("id_picks-ADD");
    if (!add || add.disabled) return null;
    add.click();
    return freeChooser();
  }

  function addTopic(button) {
    const field = form.elements.topics;
    const inputs = field instanceof RadioNodeList ? [...field] : [field];
    for (const input of inputs) {
      const choice = input instanceof HTMLSelectElement ? [...input.options].find((option) => option.value === button.dataset.topic) : input;
      if (choice?.value !== button.dataset.topic) continue;
      if (input instanceof HTMLSelectElement) choice.selected = true;
      else choice.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    takeOut(button);
  }

  // What was chosen goes from the list; who works with the keyboard goes on at the next one.
  function takeOut(button) {
    const line = button.closest("li");
    const next = line.nextElementSibling ?? line.previousElementSibling;
    const target = next?.querySelector("button") ?? panel.querySelector("[data-suggestions-ask]");
    told.textContent = "✓ " + document.getElementById(button.getAttribute("aria-describedby")).firstChild.textContent.trim();
    line.remove();
    target.focus();
  }

  panel.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.matches("[data-suggestions-ask]")) ask({ always: true });
    else if (button?.matches("[data-pick]")) pick(button);
    else if (button?.matches("[data-topic]")) addTopic(button);
  });
  form.addEventListener("input", () => wait());
  form.addEventListener("change", () => wait());
  wait(0);
}
