// Keys of ux.md section 2.1. Single keys never act inside a field and can be switched off (WCAG 2.1.4).
import { moveRow } from "./tables.js";

const SWITCH = "hemmavid-kortkommandon";
const GO_WITHIN = 1500;
const FIELDS = "input, textarea, select, [contenteditable]";
let goUntil = 0;

const areOn = () => localStorage.getItem(SWITCH) !== "av";
const focusSearch = () => document.querySelector("[data-search-field]")?.focus();
const list = () => document.querySelector("[data-shortcuts]");

function goTo(key) {
  document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click();
}

const KEYS = {
  "/": focusSearch,
  j: () => moveRow(1),
  k: () => moveRow(-1),
  "?": () => list()?.showModal(),
  g: () => { goUntil = performance.now() + GO_WITHIN; },
};

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    focusSearch();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (!areOn() || event.target.closest?.(FIELDS) || list()?.open) return;
  if (performance.now() < goUntil) {
    goUntil = 0;
    event.preventDefault();
    goTo(event.key.toLowerCase());
    return;
  }
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
}

export function startShortcuts() {
  document.addEventListener("keydown", onKey);
  const opener = document.querySelector("[data-shortcuts-open]");
  if (opener) {
    opener.hidden = false;
    opener.addEventListener("click", () => list()?.showModal());
  }
  const toggle = document.querySelector("[data-shortcuts-switch]");
  if (!toggle) return;
  toggle.checked = areOn();
  toggle.addEventListener("change", () => localStorage.setItem(SWITCH, toggle.checked ? "på" : "av"));
}
