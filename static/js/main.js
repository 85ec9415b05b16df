// Every behaviour of the pages, one file each. They find their work by data-* attributes; docs/front-end.md lists them.
import "./menus.js";
import "./dialogs.js";
import "./panel.js";
import "./hotkeys.js";
import "./guard.js";
import "./selection.js";
import "./autosubmit.js";
import "./check.js";
import "./counter.js";
import "./tokens.js";
import "./reveal.js";
import "./upload.js";
import "./tabs.js";
import "./theme.js";
import "./toast.js";
import "./mapping.js";
import "./cells.js";
