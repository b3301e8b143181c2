// Light, dark or as the computer. Kept in a cookie, so that the server draws the next page right at once.
const COOKIE = "hemmavid_utseende";
const SCHEMES = ["auto", "light", "dark"];
const A_YEAR = 365 * 24 * 3600;

/** Change how the page looks, now and on every later page. Unknown schemes are left alone. */
export function chooseScheme(scheme) {
  if (!SCHEMES.includes(scheme)) return;
  document.documentElement.dataset.colorScheme = scheme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${scheme}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
}

export function startTheme() {
  const choice = document.querySelector("[data-theme-choice]");
  if (!choice) return;
  choice.hidden = false;
  for (const radio of choice.querySelectorAll("input")) {
    radio.checked = radio.value === document.documentElement.dataset.colorScheme;
    radio.addEventListener("change", () => chooseScheme(radio.value));
  }
}
