/** Checks that an `updateCustomer` component gives reserved attributes only values that the system can use. */

import { customerChanges } from "../customer/customer-changes.ts";
import { check, type Path, type Problem, pathText } from "../documents/problem.ts";
import type { ComponentOf, Data } from "../journey/component.ts";
import type { JsonObject } from "../values/json.ts";

export function attributeProblems(component: ComponentOf<"updateCustomer">, path: Path): Problem[] {
  const problems: Problem[] = [];
  const add = (below: Path, code: string, message: string) =>
    problems.push({ path: pathText([...path, ...below]), code, message });
  if (Object.keys(component.set ?? {}).length === 0 && component.unset === undefined)
    add([], "missing-member", "Nothing is updated. Add set or unset.");
  for (const [name, value] of Object.entries(component.set ?? {})) {
    if (component.unset?.includes(name))
      add(["set", name], "set-and-unset", `"${name}" is both set and unset. Remove one.`);
    if (name === "tags") add(["set", name], "reserved-attribute", "Tags are changed by addTag and removeTag.");
    else if (name === "customerId") add(["set", name], "reserved-attribute", "A customer's id never changes.");
    else if (value === null) add(["set", name], "wrong-type", `To remove "${name}", name it in unset.`);
    else if (!isPath(value)) {
      const checked = check(customerChanges, { [name]: value } as JsonObject);
      if ("problems" in checked) for (const { code, message } of checked.problems) add(["set", name], code, message);
    }
  }
  for (const [index, name] of (component.unset ?? []).entries())
    if (name === "tags" || name === "customerId")
      add(
        ["unset", index],
        "reserved-attribute",
        `"${name}" cannot be removed as a whole; tags are changed by removeTag.`,
      );
  return problems;
}

function isPath(value: Data[string]): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "path" in value;
}
