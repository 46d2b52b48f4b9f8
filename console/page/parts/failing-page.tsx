/** Shows a sentence in place of a page that fails while it is shown. Without it, the browser would show an empty page. */
import { Component, type ComponentChildren } from "preact";

interface Props {
  readonly children: ComponentChildren;
}

interface State {
  readonly error?: Error;
}

export class FailingPage extends Component<Props, State> {
  override state: State = {};

  static override getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render({ children }: Props, { error }: State) {
    if (!error) return children;
    return (
      <div class="state problem" role="alert">
        <h1>This page cannot be shown</h1>
        <p>An error in the console stopped it. Nothing was changed in the stack.</p>
        <p>
          <button type="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        </p>
        <p>
          If it fails again, open another page, use the command line (<code>journeys --help</code>), and report this
          error:
        </p>
        <pre tabIndex={0}>{error.message}</pre>
      </div>
    );
  }
}
