// Everything the office pages do beyond plain HTML. Each module leaves the page whole when it fails.
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startSearch } from "./search.js";
import { startShortcuts } from "./shortcuts.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

for (const start of [startTheme, startMenus, startLive, startTables, startSearch, startShortcuts]) start();
