"""Lambda: errors keep their names, a failed call keeps its process, and processes are few.

- An error that a handler throws is reported with its `name` as `errorType`: a state machine retries and catches by it.
  MiniStack calls every error `Runtime.HandlerError`.
- After such an error AWS goes on with the same process. MiniStack kills it, so each retry was a cold start.
- A call ends when its function does. MiniStack goes on listening for log lines, for 50 ms when there are none.
- What functions write is in the emulator's log too: nobody has CloudWatch Logs open here.
- Concurrent calls of one function wait for one of a few processes, where MiniStack starts a process for each. A laptop
  is not an availability zone, and a wait looks like a slow call.
"""

import os
import threading

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from replacing import replace, replace_text

PROCESSES_PER_FUNCTION = max(4, os.cpu_count() or 1)

LISTEN_FOR_LOGS_SECONDS = 0.005

# MiniStack reads `ok` and keeps the process; this patch reads `failed`.
FAILED = """status: "ok", failed: {
  errorType: (ERR && ERR.name) || "Error", errorMessage: String((ERR && ERR.message) || ERR),
  trace: String((ERR && ERR.stack) || "").split("\\n") }"""

last = threading.local()
processes = {}
processes_lock = threading.Lock()


def named_errors(script):
    rejected = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
    thrown = 'status: "error", error: e.message, trace: e.stack'
    script = replace_text(script, rejected, FAILED.replace("ERR", "err"))
    return replace_text(script, thrown, FAILED.replace("ERR", "e"))


def told(invoke):
    def invoke_and_tell(worker, *args, **kwargs):
        response = invoke(worker, *args, **kwargs)
        last.failed = response.pop("failed", None)
        if last.failed:
            response.update(status="error", error=last.failed["errorMessage"], trace="\n".join(last.failed["trace"]))
        return response

    return invoke_and_tell


def bounded(execute):
    def execute_one_of_few(func, event, request_id):
        name = (func.get("config") or func).get("FunctionArn")
        with processes_lock:
            free = processes.setdefault(name, threading.BoundedSemaphore(PROCESSES_PER_FUNCTION))
        with free:
            last.failed = None
            result = execute(func, event, request_id)
            if last.failed:
                result["body"] = last.failed
            if result.get("log"):
                lambda_svc.logger.info("%s says:\n%s", name, result["log"])
            return result

    return execute_one_of_few


def apply():
    lambda_runtime._NODEJS_WORKER_SCRIPT = named_errors(lambda_runtime._NODEJS_WORKER_SCRIPT)
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (LISTEN_FOR_LOGS_SECONDS, LISTEN_FOR_LOGS_SECONDS, 0.25)
    replace(lambda_runtime.Worker, "invoke", told)
    replace(lambda_svc, "_execute_function_warm", bounded)
