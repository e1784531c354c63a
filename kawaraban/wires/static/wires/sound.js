// Two short notes for urgent copy, made on the spot. Whether they are wanted is kept in this browser.
const NAME = "wire-sound";
const NOTES = [880, 1174.7]; // hertz
const LENGTH = 0.16; // seconds
let context = null;

const isOn = () => localStorage.getItem(NAME) === "on";

export function makeSwitch(button) {
  const tell = () => button.setAttribute("aria-pressed", String(isOn()));
  button.addEventListener("click", () => {
    localStorage.setItem(NAME, isOn() ? "off" : "on");
    tell();
    ring();
  });
  // A browser lets a page sound only after somebody has touched it.
  if (isOn()) for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, wake, { once: true });
  tell();
}

function wake() {
  context ??= new AudioContext();
  return context.resume();
}

export function ring() {
  if (!isOn()) return;
  wake();
  NOTES.forEach((pitch, number) => {
    const begins = context.currentTime + number * LENGTH;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + LENGTH);
    tone.connect(volume).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + LENGTH);
  });
}
