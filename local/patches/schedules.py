"""EventBridge Scheduler: when a schedule starts its target.

- A one-time schedule that has started once starts again when it gets another time. MiniStack starts it once for ever.
- MiniStack looks every ten seconds, and by the clock on the wall. Here it looks all the time, and while the clock is held
  a schedule starts when its time is released.
"""

import threading
import time

from ministack.services import scheduler

import clock
from replacing import replace

LOOK_EVERY_SECONDS = 0.05
starting = threading.Lock()


def updated(update):
    def update_and_forget(name, body):
        for key in list(scheduler._schedule_last_fired):
            if key[2] == f"{body.get('GroupName', 'default')}/{name}":
                scheduler._schedule_last_fired.pop(key, None)
        return update(name, body)

    return update_and_forget


def waiting():
    """The times of the schedules that have not started yet."""
    for key, schedule in list(scheduler._schedules._data.items()):
        at = scheduler._at_time_epoch(schedule.get("ScheduleExpression", ""))
        if at is not None and schedule.get("State") == "ENABLED" and key not in scheduler._schedule_last_fired:
            yield at


def is_due():
    return any(at <= clock.released() for at in waiting())


class Time:
    """The module `time`, but for the time of day."""

    def __getattr__(self, name):
        return getattr(time, name)

    def time(self):
        return clock.released()


def look():
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        if is_due():
            with starting:
                scheduler._tick_schedules()


def apply():
    replace(scheduler, "_update_schedule", updated)
    scheduler.time = Time()
    threading.Thread(target=look, daemon=True).start()
