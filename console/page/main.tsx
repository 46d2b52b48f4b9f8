/** Starts the page. */
import { render } from "preact";
import { App } from "./app.tsx";
import { adoptTheme } from "./look/theme.ts";

adoptTheme();
const root = document.getElementById("page");
if (root) render(<App />, root);
