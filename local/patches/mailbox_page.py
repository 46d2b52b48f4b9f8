"""The mailbox as a page, for a person who opens the address that `npm run local` prints. Programs get JSON.

A mail is a stranger's text: it stands in a frame that runs no script and loads nothing but pictures.
"""

from html import escape

STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; max-width: 860px; margin: 2rem auto; padding: 0 1rem; color: #1f2937 }
article { border: 1px solid #d1d5db; border-radius: 8px; margin: 1rem 0; overflow: hidden }
header { padding: .75rem 1rem; background: #f3f4f6 }
h2 { font-size: 1rem; margin: 0 }
p { margin: 0; color: #4b5563 }
iframe { width: 100%; height: 240px; border: 0; background: #fff; resize: vertical; overflow: auto }
pre { margin: 0; padding: 1rem; white-space: pre-wrap }
"""


def page(mails):
    """The newest mail first."""
    shown = "".join(article(mail) for mail in reversed(mails)) or "<p>No mail was sent yet. Load the page again later.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails</title>'
        f"<style>{STYLE}</style><h1>{len(mails)} mail{'' if len(mails) == 1 else 's'}</h1>{shown}</html>"
    )


def article(mail):
    to = ", ".join(mail["to"])
    body = (
        f'<iframe sandbox title="{escape(mail["subject"])}" srcdoc="{escape(mail["html"])}"></iframe>'
        if mail["html"]
        else f"<pre>{escape(mail['text'] or '')}</pre>"
    )
    return (
        f"<article><header><h2>{escape(mail['subject'])}</h2>"
        f"<p>to {escape(to)}, from {escape(mail['from'])}, {escape(str(mail['sentAt']))}</p></header>{body}</article>"
    )
