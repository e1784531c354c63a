// Asks the desk what is new, every few seconds, less often while nobody looks or nothing answers.
const PATIENCE = 15000; // milliseconds

export function poll(desk, stamps, { onNews, onTrouble }) {
  const { news, query, since, every, textAway, textLogIn } = desk.dataset;
  let isAway = false;

  async function ask() {
    const answer = await fetch(`${news}?${query}&since=${encodeURIComponent(since)}&shown=${stamps()}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.redirected || answer.status === 403) return onTrouble(textLogIn);
    if (!answer.ok) throw new Error(answer.statusText);
    if (isAway) onTrouble("");
    isAway = false;
    onNews(await answer.json());
    return again();
  }

  function again() {
    setTimeout(() => ask().catch(miss), document.hidden || isAway ? PATIENCE : Number(every));
  }

  function miss() {
    isAway = true;
    onTrouble(textAway);
    again();
  }

  again();
}
