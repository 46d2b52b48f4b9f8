/** An archive of customers with ten events each over 30 days, in a file that is deleted afterwards. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const EVENTS = 10;
const START = Date.UTC(2026, 0, 1);

/** The journey that the customers meet. */
export const example = fileURLToPath(new URL("../../examples/abandoned-cart/", import.meta.url));

export function withPast<T>(customers: number, run: (past: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const past = join(folder, "past.jsonl");
    writeArchive(past, customers);
    return run(past, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every tenth customer starts a checkout, and every second of those buys a day later. */
function writeArchive(path: string, customers: number): void {
  const file = openSync(path, "w");
  const header = {
    archive: 1,
    from: new Date(START).toISOString(),
    until: "2026-01-31T00:00:00.000Z",
    attributes: true,
  };
  writeSync(file, `${JSON.stringify(header)}\n`);
  for (let n = 0; n < customers; n++) writeSync(file, `${JSON.stringify(customerLine(n))}\n`);
  closeSync(file);
}

function customerLine(n: number): object {
  const moment = (hours: number) => new Date(START + ((n % 660) + hours) * 3_600_000).toISOString();
  const isBuyer = n % 10 === 0;
  const names = Array.from({ length: EVENTS }, (_, index) => {
    if (isBuyer && index === 2) return "checkout.started";
    return isBuyer && index === 8 && n % 20 === 0 ? "order.placed" : "page.viewed";
  });
  const events = names.map((event, index) => ({
    at: moment(index * 4),
    event,
    id: `e-${n}-${index}`,
    data: { total: 20 + (n % 50), cartId: `k-${n}`, page: `/products/${index}` },
  }));
  return { customerId: `c-${n}`, attributes: { email: `c-${n}@mail.example`, country: "DE" }, events };
}
