"""End User Messaging Social: WhatsApp messages can be read in full, and are reported to the default bus
(message_service.py).

Of all calls of the service, here:

- `SendWhatsAppMessage` accepts a message, keeps it and reports it. It knows no quota and no number, and refuses a
  message that is not JSON, as AWS does; what Meta refuses is reported afterwards, as Meta does: a template whose name
  begins with `refused` has failed with 132001;
- `/_local/whatsapp` is the path for tests, where a kind of report is Read (or Sent, Delivered, Failed, and
  Failed:131049 for a code of Meta); to +14254147167 a message fails with 131026;
- `POST /_local/whatsapp/answers` has the JSON members `topic`, `from` (digits) and `text`, and if wanted `id`, `answers`
  (the id of a message) and `seconds` (when, since 1970).

https://docs.aws.amazon.com/social-messaging/latest/userguide/monitor-event-bridge.html has the form of the reports,
and https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html that of messages.
"""

import base64
import json

from ministack.core import iam_actions
from ministack.core.responses import error_response_json, json_response, new_uuid

import clock
from message_service import UNREACHABLE, MessageService

SEND = "/v1/whatsapp/send"
META_PHONE_NUMBER_ID = "574086085794038"
WABA_ID = "1163793972139053"


def report(message, kind):
    kind, _, code = kind.partition(":")
    detail = {
        "wabaId": WABA_ID,
        "originationPhoneNumber": "15815555555",
        "originationPhoneNumberId": META_PHONE_NUMBER_ID,
        "messageId": message["messageId"],
        "status": kind.lower(),
        "eventTimestamp": str(int(clock.now().timestamp())),
    }
    if code:
        detail["errors"] = [{"code": int(code), "title": "Message undeliverable", "message": "Message undeliverable"}]
    return f"WhatsApp Message {kind}", detail


def journey(message):
    if message["message"].get("template", {}).get("name", "").startswith("refused"):
        return ("Failed:132001",)
    return "Sent", "Failed:131026" if message["to"] == UNREACHABLE else "Delivered"


def notification(person, region, account):
    """Meta's entry is a text in the notification, and its times are whole seconds."""
    arn = f"arn:aws:social-messaging:{region}:{account}"
    message = {
        "from": person["from"],
        "id": person.get("id") or f"wamid.{new_uuid()}",
        "timestamp": str(person.get("seconds") or int(clock.now().timestamp())),
        "text": {"body": person["text"]},
        "type": "text",
    }
    if "answers" in person:
        message["context"] = {"from": "15815555555", "id": person["answers"]}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15815555555", "phone_number_id": META_PHONE_NUMBER_ID},
        "contacts": [{"profile": {"name": "Diego"}, "wa_id": person["from"]}],
        "messages": [message],
    }
    return {
        "context": {
            "MetaWabaIds": [{"wabaId": WABA_ID, "arn": f"{arn}:waba/waba-1"}],
            "MetaPhoneNumberIds": [{"metaPhoneNumberId": META_PHONE_NUMBER_ID, "arn": f"{arn}:phone-number-id/phone-1"}],
        },
        "whatsAppWebhookEntry": json.dumps({"id": WABA_ID, "changes": [{"value": value, "field": "messages"}]}),
        "aws_account_id": account,
        "message_timestamp": clock.now().isoformat().replace("+00:00", "Z"),
        "messageId": new_uuid(),
    }


service = MessageService("social-messaging", "/_local/whatsapp", "waba/waba-1", report, journey, notification)
readable = service.readable


def send(data):
    if service.is_throttled():
        return error_response_json("ThrottledRequestException", "Too many requests.", 429)
    try:
        content = json.loads(base64.b64decode(data["message"]))
    except (KeyError, ValueError):
        return error_response_json("InvalidParametersException", "The message is no JSON.", 400)
    message = service.message(
        to=content.get("to", ""),
        sender=data.get("originationPhoneNumberId", ""),
        version=data.get("metaApiVersion", ""),
        message=content,
    )
    service.accept(message)
    return json_response({"messageId": message["messageId"]})


async def handle(method, path, headers, body, query):
    if method == "POST" and path == SEND:
        return send(json.loads(body or b"{}"))
    return error_response_json("ValidationException", f"The emulator does not know {method} {path}.", 400)


def apply():
    service.register(handle, {"credential_scope": "social-messaging"})
    iam_actions._BOTOCORE_SERVICE_MAP["social-messaging"] = ["socialmessaging"]
