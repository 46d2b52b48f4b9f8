"""Step Functions: how an execution begins, fails and ends.

- `StartExecution` again with the same name and input is the same execution as long as it runs. MiniStack refuses it.
- A function that fails under `waitForTaskToken` fails the task. MiniStack drops the error and waits for the token.
- A stopped execution is over: no retries, its token is void, its status stays. In MiniStack its thread goes on, takes
  the token, and may turn `ABORTED` into `FAILED`.
- `StopExecution` of one that has ended changes nothing and is no error. MiniStack refuses it.
"""

from contextvars import ContextVar

from ministack.core.responses import json_response
from ministack.services import stepfunctions as states

from replacing import replace

current_execution = ContextVar("current_execution", default=None)
current_token = ContextVar("current_token", default=None)
# The execution of each task token, also after its end.
owners = {}


class Stopped(BaseException):
    """Passes by every Retry and Catch of the stopped execution."""


def go_on():
    execution = current_execution.get()
    if execution and execution["status"] != "RUNNING":
        raise Stopped


def started(start):
    def start_or_find(data):
        arn = f"{data.get('stateMachineArn', '').replace(':stateMachine:', ':execution:')}:{data.get('name')}"
        running = states._executions.get(arn)
        if running and running["status"] == "RUNNING" and running["input"] == data.get("input", "{}"):
            return json_response({key: running[key] for key in ("executionArn", "startDate")})
        return start(data)

    return start_or_find


def run(execute):
    def run_until_stopped(arn):
        current_execution.set(states._executions.get(arn))
        try:
            execute(arn)
        except Stopped:
            pass

    return run_until_stopped


def waiting(invoke):
    def invoke_and_wait(resource, input_data, token, state):
        owners[token] = (current_execution.get() or {}).get("executionArn")
        current_token.set(token)
        try:
            return invoke(resource, input_data, token, state)
        finally:
            current_token.set(None)
            go_on()

    return invoke_and_wait


def release(token, error, cause):
    task = states._task_tokens.get(token)
    if task:
        task["error"] = {"Error": error, "Cause": cause}
        task["event"].set()


def call(call_lambda):
    def call_and_fail(func_ref, event):
        go_on()
        try:
            return call_lambda(func_ref, event)
        except states._ExecutionError as failure:
            release(current_token.get(), failure.error, failure.cause)
            raise

    return call_and_fail


def stopping(stop):
    def stop_and_void_tokens(data):
        closed = states._executions.get(data.get("executionArn"))
        if closed and closed["status"] != "RUNNING":
            return json_response({"stopDate": closed["stopDate"]})
        response = stop(data)
        for token in [token for token, arn in owners.items() if arn == data.get("executionArn")]:
            release(token, "States.Runtime", "The execution was stopped.")
            states._task_tokens.pop(token, None)
        return response

    return stop_and_void_tokens


def failing(fail):
    return lambda execution, error, cause: execution["status"] == "RUNNING" and fail(execution, error, cause)


def apply():
    replace(states, "_start_execution", started)
    replace(states, "_run_execution", run)
    replace(states, "_invoke_with_callback", waiting)
    replace(states, "_call_lambda", call)
    replace(states, "_stop_execution", stopping)
    replace(states, "_fail_execution", failing)
