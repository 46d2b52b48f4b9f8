"""Makes functions read again what they have cached, so that a test needs not wait until it is too old.

Not a repair: AWS has no such thing. Functions measure the age of what they have cached with `performance.now()`, which
this patch moves ahead.

- `POST /_local/caches {"older": MILLISECONDS}` makes everything cached older by so much.
- `GET /_local/caches` tells whether functions still handle records of queues and streams.
"""

import json
import os
import threading

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

import clock

CACHES = "/_local/caches"
FILE = os.path.join(os.environ["TMPDIR"], "older")

AGE = """(function () {
  const fs = require("fs"), real = performance.now.bind(performance);
  performance.now = () => real() + Number(fs.readFileSync(FILE, "utf8"));
})();
"""

older = 0
lock = threading.Lock()


def write():
    with open(f"{FILE}.new", "w") as file:
        file.write(str(older))
    os.replace(f"{FILE}.new", FILE)


def answer(body):
    global older
    if body is None:
        return {"busy": bool(clock.delivering() or lambda_svc._esm_inflight)}
    with lock:
        older += body["older"]
        write()
    return {}


def apply():
    write()
    script = AGE.replace("FILE", json.dumps(FILE))
    lambda_runtime._NODEJS_WORKER_SCRIPT = script + lambda_runtime._NODEJS_WORKER_SCRIPT


def readable(app):
    return clock.answering(CACHES, answer, app)
