/** The headers of every answer. The page has no inline script and no inline style, and loads nothing from elsewhere. */

const page = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/**
 * A mail is a stranger's text, so it may run nothing and load nothing, and belongs to no origin. Inline styles are
 * allowed, because mails need them.
 */
const mail = ["sandbox", "default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "frame-ancestors 'self'"];

const always = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

export const pageHeaders = { ...always, "Content-Security-Policy": page.join("; ") };
export const mailHeaders = { ...always, "Content-Security-Policy": mail.join("; ") };
