/** Every customer with a profile, page by page. */
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import type { Stack } from "../../stack/stack.ts";

export async function* everyone({ ports }: Pick<Stack, "ports">): AsyncGenerator<Customer> {
  let after: string | undefined;
  do {
    const page = await ports.profiles.page(0, 1, after);
    yield* page.customers;
    after = page.next;
  } while (after !== undefined);
}
