/** Starts the page. */
import { render } from "preact";
import { App } from "./app.tsx";
import { adoptTheme } from "./look/theme.ts";
import { FailingPage } from "./parts/failing-page.tsx";

adoptTheme();
const root = document.getElementById("page");
if (root)
  render(
    <FailingPage>
      <App />
    </FailingPage>,
    root,
  );
