"""A clock that can be held, so that journeys of months are played in seconds, each decision at its exact moment.

Not a repair: AWS has no such thing. While the clock is held, functions and reports of mails see the moment it is set to,
and executions wait until what they wait for is released. Nothing moves by itself.

- `POST /_local/clock {"now": TIME, "released": TIME}` sets what functions see, and lets waits up to a moment end;
  `{}` lets time pass again.
- `GET /_local/clock` tells whether everything that has begun has come to rest, and the next moment that anybody waits for.
"""

import asyncio
import json
import os
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

from ministack.core import lambda_runtime, sigv4
from ministack.services import dynamodb, lambda_svc, sqs
from ministack.services import stepfunctions as states

import executions
from replacing import replace

CLOCK = "/_local/clock"
FILE = os.path.join(os.environ["TMPDIR"], "clock")
LOOK_EVERY_SECONDS = 0.02

# `now` and `released` while the clock is held.
held = {}
lock = threading.Lock()
running = {"executions": 0, "calls": 0, "mails": 0}
# For each parked execution: the time until which it waits, and whether the wait has ended.
parked = {}

# While the clock is held, a file holds the time, and `new Date()` and `Date.now()` in functions read it.
DATES = """(function () {
  const fs = require("fs"), Real = Date;
  const now = () => { try { return Number(fs.readFileSync(FILE, "utf8")); } catch { return Real.now(); } };
  globalThis.Date = new Proxy(Real, {
    construct: (target, given) => (given.length > 0 ? new target(...given) : new target(now())),
    apply: (target) => new target(now()).toString(),
    get: (target, name) => (name === "now" ? now : target[name]),
  });
})();
"""


def parse(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def now():
    return held.get("now") or datetime.now(timezone.utc)


def released():
    """The moment until which waits and schedules have ended, in seconds."""
    return held["released"].timestamp() if held else time.time()


@contextmanager
def counted(what):
    with lock:
        running[what] += 1
    try:
        yield
    finally:
        with lock:
            running[what] -= 1


def counting(what):
    def wrap(original):
        def run(*args, **kwargs):
            with counted(what):
                return original(*args, **kwargs)

        return run

    return wrap


def starting(start):
    """An execution counts from the answer to StartExecution on, not only when its thread runs."""

    def start_and_count(data):
        with counted("executions"):
            before = len(states._executions._data)
            response = start(data)
            if len(states._executions._data) > before:
                with lock:
                    running["executions"] += 1
            return response

    return start_and_count


def finishing(run):
    def run_and_count(arn):
        try:
            run(arn)
        finally:
            with lock:
                running["executions"] -= 1

    return run_and_count


def in_children(run_map):
    """The children of a Distributed Map count in place of the execution that waits for them."""

    def run_map_and_count(*args):
        with lock:
            running["executions"] -= 1
        try:
            return run_map(*args)
        finally:
            with lock:
                running["executions"] += 1

    return run_map_and_count


def park(until, is_over):
    """Waits for the release of a moment; False when something else ended it first."""
    me = object()
    parked[me] = (until, is_over)
    try:
        while held and held["released"] < until and not is_over():
            time.sleep(LOOK_EVERY_SECONDS)
    finally:
        del parked[me]
    return not is_over()


def stopped():
    execution = executions.current_execution.get()
    return bool(execution) and execution["status"] != "RUNNING"


def sleeping(sleep_until):
    def sleep_until_released(text):
        if held:
            park(parse(text), stopped)
            executions.go_on()
        else:
            sleep_until(text)

    return sleep_until_released


class Event(threading.Event):
    """What a task with a token waits for."""

    def wait(self, timeout=None):
        if not held or timeout is None:
            return super().wait(timeout)
        park(now() + timedelta(seconds=timeout), lambda: self.is_set() or stopped())
        return self.is_set()


class Threading:
    """The module `threading`, but for events."""

    Event = Event

    def __getattr__(self, name):
        return getattr(threading, name)


def is_due(message):
    """Not one that was sent with a delay, which runs by the clock on the wall. One that has failed is due."""
    return message["receive_count"] > 0 or message["visible_at"] <= time.time()


def delivering():
    """Whether a queue or a stream holds something for a function."""
    for account, region, mapping in lambda_svc._iter_all_esms():
        tokens = lambda_svc._request_account_id.set(account), lambda_svc._request_region.set(region)
        try:
            arn = mapping.get("EventSourceArn", "")
            if ":sqs:" in arn:
                queues = [queue for queue in sqs._queues.values() if queue["attributes"].get("QueueArn") == arn]
                if any(is_due(message) for queue in queues for message in queue["messages"]):
                    return True
            elif ":dynamodb:" in arn:
                table = arn.split("/stream/")[0].split("/")[-1]
                start = dynamodb.stream_start_position(table)
                position = max(lambda_svc._dynamodb_stream_positions.get(mapping["UUID"], start), start)
                if dynamodb.stream_records_since(table, position, 1):
                    return True
        finally:
            lambda_svc._request_account_id.reset(tokens[0])
            lambda_svc._request_region.reset(tokens[1])
    return False


def at_rest():
    import schedules

    with lock:
        waiting = [until for until, is_over in list(parked.values()) if not is_over() and until > held["released"]]
        busy = running["calls"] or running["mails"] or running["executions"] > len(waiting)
    planned = [datetime.fromtimestamp(at, timezone.utc) for at in schedules.waiting()]
    due = schedules.is_due() or schedules.starting.locked()
    return [*waiting, *planned], not (busy or due or delivering() or lambda_svc._esm_inflight)


def answer(body):
    if body is None:
        if not held:
            return {}
        waiting, rests = at_rest()
        return {"rests": rests, "next": min(waiting).isoformat() if waiting else None}
    if "now" in body:
        held.update(now=parse(body["now"]), released=parse(body["released"]))
        with open(f"{FILE}.new", "w") as file:
            file.write(str(round(held["now"].timestamp() * 1000)))
        os.replace(f"{FILE}.new", FILE)
    else:
        held.clear()
        if os.path.exists(FILE):
            os.remove(FILE)
    return {}


def answering(path, answer, app):
    """Answers requests to a path with JSON: `answer` gets the body of a POST, or nothing for a GET."""

    async def handle(scope, receive, send):
        if scope["type"] != "http" or scope["path"] != path:
            return await app(scope, receive, send)
        body = b""
        while scope["method"] == "POST":
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        told = await asyncio.to_thread(answer, json.loads(body) if body else None)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})

    return handle


def settable(app):
    return answering(CLOCK, answer, app)


def apply():
    script = DATES.replace("FILE", json.dumps(FILE))
    lambda_runtime._NODEJS_WORKER_SCRIPT = script + lambda_runtime._NODEJS_WORKER_SCRIPT
    states.threading = Threading()
    replace(states, "_sleep_until", sleeping)
    replace(states, "_start_execution", starting)
    replace(states, "_run_execution", finishing)
    replace(states, "_run_distributed_map", in_children)
    replace(states, "_run_sub_machine", counting("executions"))
    replace(lambda_svc, "_execute_function", counting("calls"))
    # Functions sign their requests with the held time.
    replace(sigv4, "request_time_failure", lambda check: lambda *args, **kwargs: None if held else check(*args, **kwargs))
