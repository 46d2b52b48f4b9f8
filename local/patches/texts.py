"""End User Messaging: text messages can be read in full, and are reported to the default bus.

MiniStack lacks the service. Here, of all its calls:

- `SendTextMessage` accepts a message, keeps it and reports it, unless it is a dry run. It checks no sender, spends no
  money, and knows no quota; a number on the opt-out list is refused as the service does;
- `GET /_local/texts` answers with every message sent;
- a message is reported as sent and delivered; to +14254147167 as one that could not be delivered, as the service's own
  simulator does: https://docs.aws.amazon.com/sms-voice/latest/userguide/test-phone-numbers.html
- `POST /_local/texts/MESSAGE-ID/TEXT_DELIVERED` (or another type of event) makes that report;
- `POST /_local/texts/answers` with the JSON members `topic`, `from` and `text` publishes what a person answers to the
  topic for two-way messages, as the service does, if the topic's policy allows it;
- `POST /_local/texts/opt-out/NUMBER` puts a number on the opt-out list;
- `POST /_local/texts/reports/off` (or `on`): from now on nothing is reported but what a test asks for;
- while the clock is held (clock.py), a message stays on its way until somebody reports that it was delivered.

https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html has the form of the reports.
"""

import asyncio
import json
import time
from urllib.parse import unquote

import ministack.app
from ministack.core import iam_actions, iam_evaluator, router
from ministack.core.concurrency import spawn_background
from ministack.core.responses import (
    error_response_json,
    get_account_id,
    get_region,
    json_response,
    new_uuid,
    set_request_account_id,
    set_request_region,
)
from ministack.services import eventbridge, sns

import clock
from bodies import body_of
from replacing import replace

TEXTS = "/_local/texts"
SERVICE = "sms-voice"
TARGET = "PinpointSMSVoiceV2."
UNREACHABLE = "+14254147167"
DELIVERY_TAKES_SECONDS = 0.2

sent = []
opted_out = set()
silent = False


def report(text, kind):
    detail = {
        "eventType": kind,
        "eventTimestamp": int(clock.now().timestamp() * 1000),
        "isFinal": kind not in ("TEXT_QUEUED", "TEXT_SENT"),
        "originationPhoneNumber": text["sender"],
        "destinationPhoneNumber": text["to"],
        "messageId": text["messageId"],
        "messageType": text["type"],
        "context": text["context"],
    }
    entry = {
        "Source": "aws.sms-voice",
        "DetailType": "Text Message Delivery Status Updated",
        "Detail": json.dumps(detail),
    }
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def travel(text):
    if silent:
        return
    report(text, "TEXT_SENT")
    if clock.held:
        return
    time.sleep(DELIVERY_TAKES_SECONDS)
    report(text, "TEXT_UNREACHABLE" if text["to"] == UNREACHABLE else "TEXT_DELIVERED")


def send(data):
    to = data.get("DestinationPhoneNumber", "")
    if to in opted_out:
        extra = {"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT", "ResourceType": "opted-out-number"}
        return error_response_json("ConflictException", "The number has opted out.", 400, extra, message_key="Message")
    text = {
        "messageId": new_uuid(),
        "account": get_account_id(),
        "region": get_region(),
        "sentAt": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "to": to,
        "sender": data.get("OriginationIdentity", ""),
        "text": data.get("MessageBody", ""),
        "type": data.get("MessageType", ""),
        "context": data.get("Context", {}),
    }
    if not data.get("DryRun"):
        sent.append(text)
        spawn_background(clock.counting("mails")(travel), text, thread_name="local-text")
    return json_response({"MessageId": text["messageId"]})


async def handle(method, path, headers, body, query):
    action = headers.get("x-amz-target", "").removeprefix(TARGET)
    if action == "SendTextMessage":
        return send(json.loads(body or b"{}"))
    return error_response_json("ValidationException", f"The emulator does not know {action}.", message_key="Message")


def report_later(message_id, kind):
    text = next((text for text in sent if text["messageId"] == message_id), None)
    if text is None:
        return 404, {"message": f"There is no message {message_id}."}
    set_request_account_id(text["account"])
    set_request_region(text["region"])
    report(text, kind)
    return 200, {"reported": True}


def opt_out(number):
    opted_out.add(unquote(number))
    return 200, {"optedOut": sorted(opted_out)}


def reports(switch):
    global silent
    silent = switch == "off"
    return 200, {"silent": silent}


def answer_of(person):
    """https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html"""
    topic = person["topic"]
    region, account = topic.split(":")[3:5]
    set_request_account_id(account)
    set_request_region(region)
    # The service itself calls with TLS, which the topic's policy asks for.
    iam_evaluator.pin_request_origin("127.0.0.1", True)
    number = f"arn:aws:sms-voice:{region}:{account}:phone-number/phone-1"
    if not sns.topic_policy_allows(topic, "sms-voice.amazonaws.com", number, account):
        return 403, {"message": "The policy of the topic does not let the service publish."}
    message = {
        "originationNumber": person["from"],
        "destinationNumber": "+12025550100",
        "messageKeyword": "KEYWORD",
        "messageBody": person["text"],
        "inboundMessageId": person.get("id") or new_uuid(),
        "previousPublishedMessageId": new_uuid(),
    }
    if sns.publish_internal(topic, message) is None:
        return 404, {"message": "There is no such topic."}
    return 200, {"published": True}


OTHERS = {"opt-out": opt_out, "reports": reports}


def readable(app):
    async def answer(scope, receive, send_back):
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path != TEXTS and not path.startswith(f"{TEXTS}/"):
            return await app(scope, receive, send_back)
        status, body = 200, sent
        if path == f"{TEXTS}/answers":
            status, body = await asyncio.to_thread(answer_of, await body_of(receive))
        elif path != TEXTS:
            message_id, _, kind = path.removeprefix(f"{TEXTS}/").rpartition("/")
            do = (OTHERS[message_id], kind) if message_id in OTHERS else (report_later, message_id, kind)
            status, body = await asyncio.to_thread(*do)
        headers = [(b"content-type", b"application/json")]
        await send_back({"type": "http.response.start", "status": status, "headers": headers})
        await send_back({"type": "http.response.body", "body": json.dumps(body).encode()})

    return answer


def to_the_millisecond(build):
    """MiniStack's notifications have the whole second, and SNS's have milliseconds: a scaled second is an hour."""

    def built(*given, **named):
        envelope = json.loads(build(*given, **named))
        return json.dumps({**envelope, "Timestamp": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")})

    return built


def apply():
    replace(sns, "_build_envelope", to_the_millisecond)
    for known in (ministack.app.SERVICE_HANDLERS, router.SERVICE_PATTERNS, iam_actions.SERVICE_TO_IAM_NAMESPACE):
        if SERVICE in known:
            raise RuntimeError("This release of MiniStack has End User Messaging. This patch is no longer needed.")
    ministack.app.SERVICE_HANDLERS[SERVICE] = handle
    router.SERVICE_PATTERNS[SERVICE] = {"target_prefixes": [TARGET]}
    iam_actions.SERVICE_TO_IAM_NAMESPACE[SERVICE] = SERVICE
