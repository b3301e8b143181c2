// The one live region: what changed without a new page is said once, briefly, and shown.
const SHOWN_FOR = 8000;
let hiding = 0;

/** Say and show a short Swedish sentence. */
export function announce(sentence) {
  const region = document.querySelector("[data-live]");
  if (!region) return;
  clearTimeout(hiding);
  region.textContent = sentence;
  hiding = setTimeout(() => { region.textContent = ""; }, SHOWN_FOR);
}

export function startLive() {
  document.addEventListener("htmx:error", () => {
    announce("Sidan svarar inte just nu. Inget du skrivit är borta. Försök igen om en stund.");
  });
}
