/** The arrows between the layers. `architecture.test.ts` holds them against every import there is. */

/** The imports that a layer may have, by the beginning of the path or package. */
type Arrow = [layer: string, files: string[], allowed: string[]];

export function arrowsOf(below: (folder: string) => string[], functions: string[]): Arrow[] {
  return [
    [
      "domain",
      below("lambdas/domain").filter((file) => !file.startsWith("lambdas/domain/values/digest/")),
      [
        "lambdas/domain/",
        "zod/mini",
        "liquidjs",
        "html-to-text",
        "temporal-polyfill",
        "fastest-levenshtein",
        "croner",
        "#digest",
        "#condition-function",
      ],
    ],
    ["the two forms of #digest", below("lambdas/domain/values/digest"), ["node:crypto", "@noble/hashes/"]],
    ["app", below("lambdas/app"), ["lambdas/app/", "lambdas/domain/"]],
    [
      "adapters",
      below("lambdas/adapters"),
      [
        "lambdas/adapters/",
        "lambdas/app/",
        "lambdas/domain/",
        "@aws-sdk/",
        "@aws-lambda-powertools/",
        "@middy/core",
        "aws-lambda",
        "zod/mini",
        "node:url",
      ],
    ],
    [
      "functions",
      functions,
      ["lambdas/adapters/", "lambdas/app/", "lambdas/domain/", "proof/gate/test-gate", "aws-lambda"],
    ],
    ["simulator", below("simulator"), ["simulator/", "lambdas/app/", "lambdas/domain/", "tinyqueue", "zod/mini"]],
    ["proof", below("proof"), ["proof/", "simulator/", "lambdas/app/", "lambdas/domain/", "zod/mini"]],
    [
      "insight",
      below("insight").filter((file) => !file.startsWith("insight/cost/")),
      ["insight/", "lambdas/domain/", "lambdas/app/store", "simulator/timeline", "jsonc-parser", "zod/mini"],
    ],
    [
      "insight/cost",
      below("insight/cost"),
      [
        "insight/cost/",
        "simulator/",
        "statemachines/",
        "lambdas/app/",
        "lambdas/domain/",
        "lambdas/adapters/dynamodb/customer-items",
        "lambdas/adapters/dynamodb/writes",
      ],
    ],
    [
      "stack",
      below("stack").filter((file) => !file.startsWith("stack/deployed/")),
      ["stack/", "insight/", "lambdas/app/", "lambdas/domain/"].concat([
        "lambdas/adapters/dynamodb/",
        "lambdas/adapters/message-tags",
        "lambdas/adapters/stack-outputs",
        "zod/mini",
      ]),
    ],
    [
      "stack/deployed",
      below("stack/deployed"),
      ["stack/", "insight/", "lambdas/app/", "lambdas/domain/", "lambdas/adapters/", "@aws-sdk/", "node:"],
    ],
    [
      "cli",
      [...below("cli"), ...below("bin").filter((file) => !/customer-journeys|build/.test(file))],
      [
        "cli/",
        "console/",
        "stack/",
        "insight/",
        "proof/",
        "simulator/",
        "lambdas/app/",
        "lambdas/domain/",
        "lambdas/adapters/",
        "local/",
        "@aws-sdk/",
        "commander",
        "csv-parse",
        "jsonc-parser",
        "nodemailer",
        "zod/mini",
        "node:",
      ],
    ],
    [
      "console/api",
      below("console/api"),
      ["console/api/", "stack/journeys/", "insight/", "lambdas/", "simulator/timeline"],
    ],
    [
      "console/edit",
      below("console/edit"),
      ["console/edit/", "insight/", "lambdas/domain/", "simulator/", "schema/", "jsonc-parser", "zod/mini"],
    ],
    [
      "console/engine",
      below("console/engine"),
      [
        "console/engine/",
        "console/api/",
        "stack/",
        "insight/",
        "simulator/",
        "lambdas/app/",
        "lambdas/domain/",
        "node:",
      ].concat(["lambdas/adapters/dynamodb/customer-items", "lambdas/adapters/dynamodb/journey-pointer"]),
    ],
    ["console/place", below("console/place"), ["console/place/", "console/engine/", "stack/stack", "node:crypto"]],
    [
      "console/server",
      [...below("console/server"), ...below("console/build")],
      ["console/", "stack/", "insight/", "simulator/", "lambdas/app/", "lambdas/domain/", "node:", "zod", "esbuild"],
    ],
    [
      "console/page",
      below("console/page"),
      [
        "console/page/",
        "console/api/",
        "console/edit/",
        "insight/",
        "simulator/",
        "lambdas/domain/",
        "preact",
        "@codemirror/",
        "@lezer/highlight",
      ],
    ],
  ];
}
