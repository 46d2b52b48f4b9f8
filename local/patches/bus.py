"""EventBridge: an event happened when its publisher says, and a detail that is not JSON is refused.

MiniStack puts the time of the call, and takes any text. `Time` of an entry that is not refused becomes the event's time.
"""

import json
from contextvars import ContextVar

from ministack.core.responses import json_response
from ministack.services import eventbridge

import clock
from replacing import replace

stated_time = ContextVar("stated_time", default=None)


def malformed(entry):
    try:
        return not isinstance(json.loads(entry.get("Detail") or ""), dict)
    except ValueError:
        return True


def put(put_events):
    def put_one_by_one(data, allow_aws_source=False):
        entries = data.get("Entries", [])
        if len(entries) > 10:
            return put_events(data, allow_aws_source)
        results = []
        for entry in entries:
            if malformed(entry):
                results.append({"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."})
                continue
            token = stated_time.set(entry.get("Time"))
            results += json.loads(put_events({"Entries": [entry]}, allow_aws_source)[2])["Entries"]
            stated_time.reset(token)
        failed = sum("ErrorCode" in result for result in results)
        return json_response({"FailedEntryCount": failed, "Entries": results})

    return put_one_by_one


def now(real):
    def stated_or_now():
        stated = stated_time.get()
        return stated if isinstance(stated, (int, float)) else clock.now().timestamp() if clock.held else real()

    return stated_or_now


def apply():
    replace(eventbridge, "_put_events", put)
    replace(eventbridge, "_now_ts", now)
