/** `journeys diff FILE`: the changes that publishing a file would make, and their effects on customers. */

import { classesOf } from "../../../lambdas/domain/checks/check-limits.ts";
import { compare } from "../../../stack/journeys/comparison.ts";
import { showComparison } from "../../diff/show-comparison.ts";
import { checkFiles } from "../../files/check-files.ts";
import type { CliCommand } from "../../terminal/command.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { showProblems } from "../../terminal/show-problems.ts";

export const diffCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "Compares the content, not the text, with the live document. Changes nothing. Exit codes like the program diff: 0 when the content is\nthe same, 1 when it differs, 2 when the stack would reject the file or cannot be read.",
  example: "journeys diff abandoned-cart.json",
  run: (given, io) =>
    onStack(given, io, async (stack) => {
      const [file = ""] = given.operands;
      const json = given.options.json === true;
      const [templates, shared, segments] = await Promise.all([
        stack.templates(),
        stack.sharedTexts(),
        stack.segments(),
      ]);
      const [checked] = checkFiles([file], io, classesOf(templates), { templates, journeys: [], shared, segments });
      if (!checked || checked.problems.length > 0) {
        const { problems = [] } = checked ?? {};
        if (json) io.out(JSON.stringify({ ok: false, problems }));
        else showProblems(file, problems, io);
        return 2;
      }
      const compared = await compare(checked, stack);
      const isSame = compared.differences.length === 0;
      if (json) io.out(JSON.stringify({ ok: isSame, ...compared }));
      else showComparison(compared, io);
      return isSame ? 0 : 1;
    }),
};
