"""End User Messaging Social: WhatsApp messages can be read in full, and are reported to the default bus.

MiniStack lacks the service. Here, of all its calls:

- `SendWhatsAppMessage` accepts a message, keeps it and reports it. It knows no quota and no number, and refuses a
  message that is not JSON, as AWS does; what Meta refuses is reported afterwards, as Meta does: a template whose name
  begins with `refused` has failed with 132001;
- `GET /_local/whatsapp` answers with every message sent;
- a message is reported as sent and delivered; to +14254147167 as one that could not be delivered (131026);
- `POST /_local/whatsapp/MESSAGE-ID/Read` (or Sent, Delivered, Failed, and Failed:131049 for a code of Meta) makes that
  report;
- `POST /_local/whatsapp/messages` with the JSON members `topic`, `from` (digits) and `text`, and if wanted `id`,
  `answers` (the id of a message) and `seconds` (when, since 1970), publishes what a person writes to the topic of the
  account, as the service does, if the topic's policy allows it;
- `POST /_local/whatsapp/reports/off` (or `on`): from now on nothing is reported but what a test asks for;
- while the clock is held (clock.py), a message stays on its way until somebody reports that it was delivered.

https://docs.aws.amazon.com/social-messaging/latest/userguide/monitor-event-bridge.html has the form of the reports,
and https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html that of messages.
"""

import asyncio
import base64
import json
import time

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

MESSAGES = "/_local/whatsapp"
SERVICE = "social-messaging"
SEND = "/v1/whatsapp/send"
UNREACHABLE = "+14254147167"
DELIVERY_TAKES_SECONDS = 0.2
META_PHONE_NUMBER_ID = "574086085794038"
WABA_ID = "1163793972139053"

sent = []
silent = False


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


def written_by(person):
    topic = person["topic"]
    region, account = topic.split(":")[3:5]
    set_request_account_id(account)
    set_request_region(region)
    # The service itself calls with TLS, which the topic's policy asks for.
    iam_evaluator.pin_request_origin("127.0.0.1", True)
    waba = f"arn:aws:social-messaging:{region}:{account}:waba/waba-1"
    if not sns.topic_policy_allows(topic, "social-messaging.amazonaws.com", waba, account):
        return 403, {"message": "The policy of the topic does not let the service publish."}
    if sns.publish_internal(topic, notification(person, region, account)) is None:
        return 404, {"message": "There is no such topic."}
    return 200, {"published": True}


def readable(app):
    async def answer(scope, receive, send_back):
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path != MESSAGES and not path.startswith(f"{MESSAGES}/"):
            return await app(scope, receive, send_back)
        status, body = 200, sent
        if path == f"{MESSAGES}/messages":
            status, body = await asyncio.to_thread(written_by, await body_of(receive))
        elif path != MESSAGES:
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
