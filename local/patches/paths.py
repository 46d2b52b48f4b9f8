"""Step Functions: paths. What a path names must be there.

- `TimeoutSecondsPath` counts like `TimeoutSeconds`. MiniStack ignores it, so such a task waits for more than a day.
- A path that leads nowhere fails the execution with `States.Runtime`, which `States.ALL` does not catch. MiniStack
  passes null on, or skips the wait, so that a wrong state machine looks right.
"""

from ministack.services import stepfunctions as states

from replacing import replace

UNCATCHABLE = ("States.Runtime", "States.DataLimitExceeded")


def value_at(path, data, ctx):
    value, inner = (ctx or {}, path[1:]) if path.startswith("$$.") else (data, path)
    for kind, token in states._parse_jsonpath_tokens(inner) or ():
        if kind == "wildcard":
            return states._resolve_path_or_ctx(path, data, ctx)
        try:
            value = value[token]
        except (KeyError, IndexError, TypeError):
            raise states._ExecutionError("States.Runtime", f"There is nothing at the path '{path}'.") from None
    return value


def value_of(member, state, raw_input, ctx):
    return value_at(state[member], states._apply_input_path(state, raw_input, ctx), ctx)


def parameters(resolve):
    def resolve_what_is_there(template, data, ctx=None):
        for key, value in template.items() if isinstance(template, dict) else ():
            if key.endswith(".$") and isinstance(value, str) and value.startswith("$"):
                value_at(value, data, ctx)
        return resolve(template, data, ctx)

    return resolve_what_is_there


def choice(evaluate):
    def evaluate_what_is_there(rule, data, ctx=None):
        if rule.get("Variable") and "IsPresent" not in rule:
            value_at(rule["Variable"], data, ctx)
        return evaluate(rule, data, ctx)

    return evaluate_what_is_there


def wait(execute):
    def wait_for_what_is_there(state, raw_input, ctx=None):
        for member in ("TimestampPath", "SecondsPath"):
            if member in state:
                value_of(member, state, raw_input, ctx)
        return execute(state, raw_input, ctx)

    return wait_for_what_is_there


def task(execute):
    def execute_in_time(state, raw_input, execution, ctx):
        if "TimeoutSecondsPath" in state:
            seconds = value_of("TimeoutSecondsPath", state, raw_input, ctx)
            if type(seconds) is not int or seconds < 1:
                raise states._ExecutionError("States.Runtime", f"A time-out must be a positive integer, not {seconds}.")
            state = {**state, "TimeoutSeconds": seconds}
        return execute(state, raw_input, execution, ctx)

    return execute_in_time


def matching(matches):
    return lambda names, error: error in names if error in UNCATCHABLE else matches(names, error)


def apply():
    replace(states, "_resolve_params_obj", parameters)
    replace(states, "_evaluate_rule", choice)
    replace(states, "_execute_wait", wait)
    replace(states, "_execute_task", task)
    replace(states, "_error_matches", matching)
