"""End User Messaging: text messages can be read in full, and are reported to the default bus (message_service.py).

Of all calls of the service, here:

- `SendTextMessage` accepts a message, keeps it and reports it, unless it is a dry run. It checks no sender, spends no
  money, and knows no quota; a number on the opt-out list is refused as the service does;
- `/_local/texts` is the path for tests, where a kind of report is a type of event, such as `TEXT_DELIVERED`;
- `POST /_local/texts/answers` has the JSON members `topic`, `from` and `text`, and if wanted `id`
  and `answers`, the id of the message that the person answers;
- `POST /_local/texts/opt-out/NUMBER` puts a number on the opt-out list.

https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html has the form of the reports.
"""

import json
from urllib.parse import unquote

from ministack.core.responses import error_response_json, json_response, new_uuid
from ministack.services import sns

import clock
from message_service import UNREACHABLE, MessageService, now
from replacing import replace

TARGET = "PinpointSMSVoiceV2."

opted_out = set()


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
    return "Text Message Delivery Status Updated", detail


def journey(text):
    return "TEXT_SENT", "TEXT_UNREACHABLE" if text["to"] == UNREACHABLE else "TEXT_DELIVERED"


def notification(person, region, account):
    """https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html"""
    return {
        "originationNumber": person["from"],
        "destinationNumber": "+12025550100",
        "messageKeyword": "KEYWORD",
        "messageBody": person["text"],
        "inboundMessageId": person.get("id") or new_uuid(),
        "previousPublishedMessageId": person.get("answers") or new_uuid(),
    }


service = MessageService("sms-voice", "/_local/texts", "phone-number/phone-1", report, journey, notification)
readable = service.readable


def refused(error, text, extra=None):
    return error_response_json(error, text, 400, extra, message_key="Message")


def send(data):
    if service.is_throttled():
        return refused("ThrottlingException", "Rate exceeded.")
    to = data.get("DestinationPhoneNumber", "")
    if to in opted_out:
        extra = {"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT", "ResourceType": "opted-out-number"}
        return refused("ConflictException", "The number has opted out.", extra)
    text = service.message(
        to=to,
        sender=data.get("OriginationIdentity", ""),
        text=data.get("MessageBody", ""),
        type=data.get("MessageType", ""),
        context=data.get("Context", {}),
    )
    if not data.get("DryRun"):
        service.accept(text)
    return json_response({"MessageId": text["messageId"]})


async def handle(method, path, headers, body, query):
    action = headers.get("x-amz-target", "").removeprefix(TARGET)
    if action == "SendTextMessage":
        return send(json.loads(body or b"{}"))
    return error_response_json("ValidationException", f"The emulator does not know {action}.", message_key="Message")


def opt_out(number):
    opted_out.add(unquote(number))
    return 200, {"optedOut": sorted(opted_out)}


service.posts["opt-out"] = opt_out


def to_the_millisecond(build):
    """MiniStack's notifications have the whole second, and SNS's have milliseconds: a scaled second is an hour."""

    def built(*given, **named):
        return json.dumps({**json.loads(build(*given, **named)), "Timestamp": now()})

    return built


def apply():
    replace(sns, "_build_envelope", to_the_millisecond)
    service.register(handle, {"target_prefixes": [TARGET]})
