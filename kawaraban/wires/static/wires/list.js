// The rows on the page. What has changed is changed in place; what has come is held back until it is asked for, unless the top is in sight.
const MOST = 300; // rows that stay on the page

export function makeList(desk, at) {
  const rows = at("list");
  const button = at("new");
  const waiting = new Map(); // key → what the desk told of it
  const title = document.title;
  let isAtTop = true;
  let isApart = false; // others have come that the page was not told of
  let message = "";

  new IntersectionObserver(([top]) => {
    isAtTop = top.isIntersecting;
  }).observe(at("top"));
  button.addEventListener("click", show);
  rows.addEventListener("click", (event) => {
    const row = event.target.closest("[data-key]");
    const deed = event.target.closest("[data-deed]")?.dataset.deed;
    if (deed) act(row, deed);
    if (event.target.closest("[data-wire-story]") && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      unfold(row);
    }
  });
  rows.addEventListener("focusin", (event) => mark(event.target.closest("[data-key]")));

  const find = (key) => rows.querySelector(`[data-key="${key}"]`);
  const isOfStory = (row) => row.parentElement !== rows;

  function stamps() {
    const shown = new Map([...rows.querySelectorAll("[data-key]")].slice(0, MOST).map((row) => [row.dataset.key, row.dataset.stamp]));
    for (const told of waiting.values()) shown.set(String(told.key), told.stamp);
    return [...shown].map(([key, stamp]) => `${key}.${stamp}`).join("-");
  }

  // Takes what the desk told; says whether something urgent is new.
  function take(news) {
    isApart ||= news.is_apart;
    const fresh = news.rows.filter((told) => !settle(told));
    for (const told of fresh) waiting.set(told.key, { ...told, stamp: made(told.html).dataset.stamp });
    if (fresh.length && isAtTop && !desk.querySelector("dialog[open]") && !isApart) show();
    else count();
    return fresh.some((told) => told.is_urgent);
  }

  // Whether a row is where it belongs with what is told of it.
  function settle(told) {
    const row = find(told.key);
    if (row) {
      const { order } = row.dataset;
      const changed = replace(row, told);
      if (isOfStory(changed) || order >= told.order) return true;
      changed.dataset.order = order; // until it is asked for it stays where it is being read
      return false;
    }
    const last = rows.lastElementChild;
    if (!last?.dataset.order || told.order > last.dataset.order) return false;
    rows.append(made(told.html));
    return true;
  }

  function replace(row, told) {
    const changed = made(told.html);
    const hadFocus = row.contains(document.activeElement);
    changed.classList.toggle("is-here", row.classList.contains("is-here"));
    changed.classList.add("is-changed");
    row.replaceWith(changed);
    if (hadFocus) changed.focus({ preventScroll: true });
    return changed;
  }

  function show() {
    if (isApart) return location.reload();
    const told = [...waiting.values()].sort((one, other) => (one.order < other.order ? -1 : 1));
    waiting.clear();
    for (const one of told) insert(one);
    while (rows.children.length > MOST) rows.lastElementChild.remove();
    desk.querySelector("[data-wire-empty]")?.remove();
    if (!isAtTop) at("top").scrollIntoView({ block: "center" });
    count();
    if (told.length) announce(told.length);
  }

  function insert(told) {
    const old = find(told.key);
    const hadFocus = old?.contains(document.activeElement);
    old?.remove();
    const row = made(told.html);
    row.classList.add("is-new");
    const below = [...rows.children].find((other) => other.dataset.order && other.dataset.order < told.order);
    rows.insertBefore(row, below ?? null);
    if (hadFocus) row.focus({ preventScroll: true });
  }

  function count() {
    const text = waiting.size ? desk.dataset.textNew.replace("#", waiting.size) : "";
    button.hidden = !text;
    document.title = text ? `(${waiting.size}) ${title}` : title;
    if (button.textContent === text) return;
    button.textContent = text;
    if (text) announce(waiting.size);
  }

  function announce(number) {
    if (!message) at("status").textContent = desk.dataset.textNew.replace("#", number);
  }

  // A trouble stands until it is over; an empty text ends it.
  function say(text) {
    message = text;
    at("status").textContent = text;
    at("status").classList.toggle("is-trouble", Boolean(text));
  }

  function mark(row) {
    if (!row) return;
    rows.querySelector(".is-here")?.classList.remove("is-here");
    row.classList.add("is-here");
  }

  const current = () => rows.querySelector(".is-here");

  function step(by) {
    const all = [...rows.querySelectorAll("[data-key]")];
    const next = all[all.indexOf(current()) + by] ?? (current() ? null : all[0]);
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  async function act(row, deed) {
    if (!row?.querySelector(`[data-deed="${deed}"]`)) return;
    const token = at("token").elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(`${row.dataset.address}${deed}/`, { method: "POST", headers }).catch(() => null);
    if (!answer?.ok || answer.redirected) return void (at("status").textContent = desk.dataset.textRefused);
    const changed = replace(row, await answer.json());
    const button = changed.querySelector(`[data-deed="${deed}"]`);
    if (button) at("status").textContent = desk.dataset.textDone.replace("#", button.dataset.told);
  }

  async function unfold(row) {
    const link = row?.querySelector("[data-wire-story]");
    if (!link) return;
    const open = row.nextElementSibling;
    if (open?.matches(".wire-members")) {
      open.remove();
      return void link.setAttribute("aria-expanded", "false");
    }
    const answer = await fetch(`${row.dataset.address}story/`, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
    if (!answer?.ok) return void location.assign(link.href);
    const place = document.createElement("li");
    place.className = "wire-members";
    place.append(document.createElement("ol"));
    place.firstElementChild.innerHTML = await answer.text();
    row.after(place);
    link.setAttribute("aria-expanded", "true");
  }

  return { stamps, take, show, say, step, current, act, unfold };
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}
