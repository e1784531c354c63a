// The banner as readers will see it, drawn again while its form is filled in.
const frame = document.querySelector("[data-banner-preview]");
const form = document.querySelector("#w-editor-form");
let waiting = 0;

function draw() {
  const told = new FormData(form);
  const query = new URLSearchParams(["text", "level", "item", "starts"].map((name) => [name, told.get(name) || ""]));
  frame.src = `${frame.dataset.bannerPreview}?${query}`;
}

function drawSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 250);
}

if (frame && form) {
  form.addEventListener("input", drawSoon);
  form.addEventListener("change", drawSoon);
  draw();
}
