"""End User Messaging Social: WhatsApp messages can be read in full, and are reported to the default bus.

MiniStack lacks the service. Here, of all its calls:

- `SendWhatsAppMessage` accepts a message, keeps it and reports it. It knows no quota and no number, and refuses a
  message that is not JSON, as AWS does; what Meta refuses is reported afterwards, as Meta does: a template whose name
  begins with `refused` has failed with 132001;
- `GET /_local/whatsapp` answers with every message sent;
- a message is reported as sent and delivered; to +14254147167 as one that could not be delivered (131026);
- `POST /_local/whatsapp/MESSAGE-ID/Read` (or Sent, Delivered, Failed, and Failed:131049 for a code of Meta) makes that
  report;
- `POST /_local/whatsapp/reports/off` (or `on`): from now on nothing is reported but what a test asks for;
- while the clock is held (clock.py), a message stays on its way until somebody reports that it was delivered.

https://docs.aws.amazon.com/social-messaging/latest/userguide/monitor-event-bridge.html has the form of the reports.
"""

import asyncio
import base64
import json
import time

import ministack.app
from ministack.core import iam_actions, router
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
from ministack.services import eventbridge

import clock

MESSAGES = "/_local/whatsapp"
SERVICE = "social-messaging"
SEND = "/v1/whatsapp/send"
UNREACHABLE = "+14254147167"
DELIVERY_TAKES_SECONDS = 0.2
META_PHONE_NUMBER_ID = "574086085794038"

sent = []
silent = False


def report(message, kind):
    kind, _, code = kind.partition(":")
    detail = {
        "wabaId": "1163793972139053",
        "originationPhoneNumber": "15815555555",
        "originationPhoneNumberId": META_PHONE_NUMBER_ID,
        "messageId": message["messageId"],
        "status": kind.lower(),
        "eventTimestamp": str(int(clock.now().timestamp())),
    }
    if code:
        detail["errors"] = [{"code": int(code), "title": "Message undeliverable", "message": "Message undeliverable"}]
    entry = {
        "Source": "aws.social-messaging",
        "DetailType": f"WhatsApp Message {kind}",
        "Detail": json.dumps(detail),
    }
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def travel(message):
    if silent:
        return
    name = message["message"].get("template", {}).get("name", "")
    if name.startswith("refused"):
        return report(message, "Failed:132001")
    report(message, "Sent")
    if clock.held:
        return
    time.sleep(DELIVERY_TAKES_SECONDS)
    report(message, "Failed:131026" if message["to"] == UNREACHABLE else "Delivered")


def send(data):
    try:
        content = json.loads(base64.b64decode(data["message"]))
    except (KeyError, ValueError):
        return error_response_json("InvalidParametersException", "The message is no JSON.", 400)
    message = {
        "messageId": new_uuid(),
        "account": get_account_id(),
        "region": get_region(),
        "sentAt": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "to": content.get("to", ""),
        "sender": data.get("originationPhoneNumberId", ""),
        "version": data.get("metaApiVersion", ""),
        "message": content,
    }
    sent.append(message)
    spawn_background(clock.counting("mails")(travel), message, thread_name="local-whatsapp")
    return json_response({"messageId": message["messageId"]})


async def handle(method, path, headers, body, query):
    if method == "POST" and path == SEND:
        return send(json.loads(body or b"{}"))
    return error_response_json("ValidationException", f"The emulator does not know {method} {path}.", 400)


def report_later(message_id, kind):
    message = next((message for message in sent if message["messageId"] == message_id), None)
    if message is None:
        return 404, {"message": f"There is no message {message_id}."}
    set_request_account_id(message["account"])
    set_request_region(message["region"])
    report(message, kind)
    return 200, {"reported": True}


def reports(switch):
    global silent
    silent = switch == "off"
    return 200, {"silent": silent}


def readable(app):
    async def answer(scope, receive, send_back):
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path != MESSAGES and not path.startswith(f"{MESSAGES}/"):
            return await app(scope, receive, send_back)
        status, body = 200, sent
        if path != MESSAGES:
            message_id, _, kind = path.removeprefix(f"{MESSAGES}/").rpartition("/")
            do = (reports, kind) if message_id == "reports" else (report_later, message_id, kind)
            status, body = await asyncio.to_thread(*do)
        headers = [(b"content-type", b"application/json")]
        await send_back({"type": "http.response.start", "status": status, "headers": headers})
        await send_back({"type": "http.response.body", "body": json.dumps(body).encode()})

    return answer


def apply():
    for known in (ministack.app.SERVICE_HANDLERS, router.SERVICE_PATTERNS, iam_actions.SERVICE_TO_IAM_NAMESPACE):
        if SERVICE in known:
            raise RuntimeError("This release of MiniStack has End User Messaging Social. This patch is no longer needed.")
    ministack.app.SERVICE_HANDLERS[SERVICE] = handle
    router.SERVICE_PATTERNS[SERVICE] = {"credential_scope": SERVICE}
    iam_actions._BOTOCORE_SERVICE_MAP[SERVICE] = ["socialmessaging"]
    iam_actions.SERVICE_TO_IAM_NAMESPACE[SERVICE] = SERVICE
