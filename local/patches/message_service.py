"""What End User Messaging has in common for text messages and for WhatsApp. MiniStack lacks both services.

A service keeps each message that was sent, and reports it to the default bus. `GET PATH` answers with all messages, and
a test asks for more:

- `POST PATH/MESSAGE-ID/KIND` makes the report of this kind about the message;
- `POST PATH/reports/off` (or `on`): from now on nothing is reported but what a test asks for;
- `POST PATH/throttles/N`: the next N messages are refused as a throttle; the answer is how many were left before;
- `POST PATH/answers` with a JSON body publishes what a person writes to the topic of the stack, as the service does, if
  the topic's policy allows it. The member `topic` names the topic.

A message is reported as sent and delivered; to +14254147167 as one that could not be delivered, as the simulator of text
messages does: https://docs.aws.amazon.com/sms-voice/latest/userguide/test-phone-numbers.html While the clock is held
(clock.py), a message stays on its way until somebody reports that it was delivered.
"""

import asyncio
import json
import time

import ministack.app
from ministack.core import iam_actions, iam_evaluator, router
from ministack.core.concurrency import spawn_background
from ministack.core.responses import get_account_id, get_region, new_uuid, set_request_account_id, set_request_region
from ministack.services import eventbridge, sns

import clock
from bodies import body_of

UNREACHABLE = "+14254147167"
DELIVERY_TAKES_SECONDS = 0.2


def now():
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


class MessageService:
    """`report` makes the detail type and the detail of a report. `journey` yields the kinds that come by themselves."""

    def __init__(self, name, path, source_arn, report, journey, notification):
        self.name, self.path, self.source_arn = name, path, source_arn
        self.make_report, self.journey, self.notification = report, journey, notification
        self.sent = []
        self.silent = False
        self.throttles = 0
        self.posts = {"reports": self.switch_reports, "throttles": self.throttle}

    def is_throttled(self):
        if self.throttles == 0:
            return False
        self.throttles -= 1
        return True

    def message(self, **fields):
        return {
            "messageId": new_uuid(),
            "account": get_account_id(),
            "region": get_region(),
            "sentAt": now(),
            **fields,
        }

    def accept(self, message):
        self.sent.append(message)
        spawn_background(clock.counting("mails")(self.travel), message, thread_name=f"local-{self.name}")

    def report(self, message, kind):
        detail_type, detail = self.make_report(message, kind)
        entry = {"Source": f"aws.{self.name}", "DetailType": detail_type, "Detail": json.dumps(detail)}
        eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)

    def travel(self, message):
        if self.silent:
            return
        first, *others = self.journey(message)
        self.report(message, first)
        if clock.held:
            return
        for kind in others:
            time.sleep(DELIVERY_TAKES_SECONDS)
            self.report(message, kind)

    def report_later(self, message_id, kind):
        message = next((message for message in self.sent if message["messageId"] == message_id), None)
        if message is None:
            return 404, {"message": f"There is no message {message_id}."}
        set_request_account_id(message["account"])
        set_request_region(message["region"])
        self.report(message, kind)
        return 200, {"reported": True}

    def switch_reports(self, switch):
        self.silent = switch == "off"
        return 200, {"silent": self.silent}

    def throttle(self, count):
        left, self.throttles = self.throttles, int(count)
        return 200, {"left": left}

    def written_by(self, person):
        topic = person["topic"]
        region, account = topic.split(":")[3:5]
        set_request_account_id(account)
        set_request_region(region)
        # The service itself calls with TLS, which the topic's policy asks for.
        iam_evaluator.pin_request_origin("127.0.0.1", True)
        arn = f"arn:aws:{self.name}:{region}:{account}:{self.source_arn}"
        if not sns.topic_policy_allows(topic, f"{self.name}.amazonaws.com", arn, account):
            return 403, {"message": "The policy of the topic does not let the service publish."}
        if sns.publish_internal(topic, self.notification(person, region, account)) is None:
            return 404, {"message": "There is no such topic."}
        return 200, {"published": True}

    def readable(self, app):
        async def answer(scope, receive, send_back):
            path = scope.get("path", "") if scope["type"] == "http" else ""
            if path != self.path and not path.startswith(f"{self.path}/"):
                return await app(scope, receive, send_back)
            status, body = 200, self.sent
            if path == f"{self.path}/answers":
                status, body = await asyncio.to_thread(self.written_by, await body_of(receive))
            elif path != self.path:
                what, _, value = path.removeprefix(f"{self.path}/").rpartition("/")
                do = (self.posts[what], value) if what in self.posts else (self.report_later, what, value)
                status, body = await asyncio.to_thread(*do)
            headers = [(b"content-type", b"application/json")]
            await send_back({"type": "http.response.start", "status": status, "headers": headers})
            await send_back({"type": "http.response.body", "body": json.dumps(body).encode()})

        return answer

    def register(self, handle, pattern):
        for known in (ministack.app.SERVICE_HANDLERS, router.SERVICE_PATTERNS, iam_actions.SERVICE_TO_IAM_NAMESPACE):
            if self.name in known:
                raise RuntimeError(f"This release of MiniStack has {self.name}. This patch is no longer needed.")
        ministack.app.SERVICE_HANDLERS[self.name] = handle
        router.SERVICE_PATTERNS[self.name] = pattern
        iam_actions.SERVICE_TO_IAM_NAMESPACE[self.name] = self.name
