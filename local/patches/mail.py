"""SES: what is sent can be read in full, and is reported to the default bus as its configuration set says.

MiniStack keeps neither headers nor tags nor the configuration set of a message, and reports nothing. Here:

- `GET /_local/mail` answers with every message sent, all of it: JSON, or a page where a browser asks (mailbox_page.py);
- a message is reported as sent and delivered; to `bounce@` or `complaint@simulator.amazonses.com` as SES's own mailbox
  simulator does: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
- `POST /_local/mail/MESSAGE-ID/Open` (or `Click`, `Bounce`, `Complaint`, …) makes the report of what a reader did;
- `POST /_local/mail/quota/N` sets how many messages may be sent in all: what is more is refused as SES does when a
  day's quota is used up, and GetAccount tells of it;
- while the clock is held (clock.py), a message stays on its way until somebody reports that it was delivered.
"""

import asyncio
import json
import time

from ministack.core.concurrency import spawn_background
from ministack.core.responses import get_account_id, get_region, set_request_account_id, set_request_region
from ministack.services import eventbridge, ses_v2

import clock
from mailbox_page import page
from replacing import replace

MAIL = "/_local/mail"
DETAIL_TYPES = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Open": "Email Opened",
    "Click": "Email Clicked",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
    "Reject": "Email Rejected",
}
SPECIFIC = {"Bounce": {"bounceType": "Permanent"}, "Open": {"isBotEvent": "Unlikely"}, "Click": {"isBotEvent": "Unlikely"}}
DELIVERY_TAKES_SECONDS = 0.2

sent = []
quota = None


def now():
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def report(mail, kind):
    """True when the message's configuration set wants to hear of it."""
    destinations = (ses_v2._config_sets.get(mail["configurationSet"]) or {}).get("EventDestinations") or {}
    if not any(
        kind.upper() in target["MatchingEventTypes"] and target["Enabled"] and "EventBridgeDestination" in target
        for target in destinations.values()
    ):
        return False
    detail = {
        "eventType": kind,
        "mail": {
            "timestamp": mail["sentAt"],
            "messageId": mail["messageId"],
            "source": mail["from"],
            "destination": mail["to"],
            "headers": mail["headers"],
            "commonHeaders": {"from": [mail["from"]], "to": mail["to"], "subject": mail["subject"]},
            "tags": {**mail["tags"], "ses:configuration-set": [mail["configurationSet"]]},
        },
        kind.lower(): {"timestamp": now(), **SPECIFIC.get(kind, {})},
    }
    entry = {"Source": "aws.ses", "DetailType": DETAIL_TYPES[kind], "Detail": json.dumps(detail)}
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
    return True


def travel(mail):
    report(mail, "Send")
    if clock.held:
        return
    time.sleep(DELIVERY_TAKES_SECONDS)
    simulated = mail["to"][0].split("@")[0].split("+")[0] if mail["to"][0].endswith("@simulator.amazonses.com") else ""
    for kind in {"bounce": ["Bounce"], "complaint": ["Delivery", "Complaint"]}.get(simulated, ["Delivery"]):
        report(mail, kind)


def kept(data, message_id):
    simple = data["Content"]["Simple"]
    return {
        "messageId": message_id,
        "account": get_account_id(),
        "region": get_region(),
        "sentAt": now(),
        "from": data.get("FromEmailAddress", ""),
        "to": data.get("Destination", {}).get("ToAddresses", []),
        "replyTo": data.get("ReplyToAddresses", []),
        "subject": simple["Subject"]["Data"],
        "html": simple["Body"].get("Html", {}).get("Data"),
        "text": simple["Body"].get("Text", {}).get("Data"),
        "headers": [{"name": header["Name"], "value": header["Value"]} for header in simple.get("Headers", [])],
        "tags": {tag["Name"]: [tag["Value"]] for tag in data.get("EmailTags", [])},
        "configurationSet": data.get("ConfigurationSetName", ""),
    }


def sending(handle):
    async def handle_and_keep(method, path, headers, body, query):
        sends = method == "POST" and path.endswith("/outbound-emails")
        data = json.loads(body) if sends else {}
        if sends and quota is not None and len(sent) >= quota:
            return ses_v2._json_err("LimitExceededException", "Daily message quota exceeded.")
        if data.get("ConfigurationSetName") and data["ConfigurationSetName"] not in ses_v2._config_sets:
            return ses_v2._missing_config_set(data["ConfigurationSetName"])
        response = await handle(method, path, headers, body, query)
        if quota is not None and method == "GET" and path.endswith("/email/account"):
            account = json.loads(response[2])
            account["SendQuota"].update(Max24HourSend=quota, SentLast24Hours=len(sent))
            return response[0], response[1], json.dumps(account).encode()
        if response[0] == 200 and data.get("Content", {}).get("Simple"):
            mail = kept(data, json.loads(response[2])["MessageId"])
            sent.append(mail)
            spawn_background(clock.counting("mails")(travel), mail, thread_name="local-mail")
        return response

    return handle_and_keep


def limit(most):
    global quota
    quota = int(most)
    return 200, {"quota": quota}


def report_later(message_id, kind):
    """The answer to a request for a report: its status and what it says."""
    mail = next((mail for mail in sent if mail["messageId"] == message_id), None)
    if mail is None or kind not in DETAIL_TYPES:
        return 404, {"message": f"There is no message {message_id}, or no report {kind}."}
    set_request_account_id(mail["account"])
    set_request_region(mail["region"])
    return 200, {"reported": report(mail, kind)}


def readable(app):
    async def answer(scope, receive, send):
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path != MAIL and not path.startswith(f"{MAIL}/"):
            return await app(scope, receive, send)
        status, body = 200, sent
        if path != MAIL:
            message_id, _, kind = path.removeprefix(f"{MAIL}/").rpartition("/")
            do = (limit, kind) if message_id == "quota" else (report_later, message_id, kind)
            status, body = await asyncio.to_thread(*do)
        for_person = path == MAIL and b"text/html" in dict(scope["headers"]).get(b"accept", b"")
        headers = [(b"content-type", b"text/html; charset=utf-8" if for_person else b"application/json")]
        text = page(body) if for_person else json.dumps(body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})

    return answer


def apply():
    replace(ses_v2, "handle_request", sending)
