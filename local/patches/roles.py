"""IAM: a function may do what its role allows, and nothing else. Whoever deploys, and looks on from outside, may do all.

MiniStack asks either nobody for permission or everybody (`AUTH`), and then misjudges some of what the CDK's own roles do.
Sending an email needs the permission to use its sender's identity, and sending a token back the permission to use the
token's state machine; MiniStack asks for one to use all of them. A text message needs
the permission to use its sender. A schedule is in its group, not in the default one. A batch to a queue needs the permission of its single
call, and has none of its own:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
What comes over the loopback interface counts as encrypted: queues and buckets that accept nothing else would refuse it.
"""

import json
from email.utils import parseaddr

from ministack.core import iam_actions, iam_evaluator, lambda_runtime
from ministack.services import ses_v2

import executions
from replacing import replace

keys_of_functions = set()


def remembered(credentials):
    def give_and_remember(config):
        given = credentials(config)
        keys_of_functions.add(given["AWS_ACCESS_KEY_ID"])
        return given

    return give_and_remember


def only_functions(enforce):
    def enforce_for_functions(access_key_id, *args, **named):
        return enforce(access_key_id, *args, **named) if access_key_id in keys_of_functions else None

    return enforce_for_functions


def identity_of(data):
    _, address = parseaddr(data.get("FromEmailAddress", ""))
    return f"identity/{address if address in ses_v2._identities else address.rpartition('@')[2]}"


def group_of(body, query):
    named = json.loads(body or b"{}").get("GroupName") or query.get("groupName") or "default"
    return named[0] if isinstance(named, list) else named


def resource(extract):
    def extract_resource(service, method, path, headers, body, query, region, account):
        if service == "ses" and method == "POST" and path.endswith("/outbound-emails"):
            return f"arn:aws:ses:{region}:{account}:{identity_of(json.loads(body))}"
        if service == "sms-voice":
            return json.loads(body or b"{}").get("OriginationIdentity", "*")
        if service == "social-messaging":
            number = json.loads(body or b"{}").get("originationPhoneNumberId", "")
            return f"arn:aws:social-messaging:{region}:{account}:phone-number-id/{number.removeprefix('phone-number-id-')}"
        if service == "scheduler" and path.startswith("/schedules/"):
            return f"arn:aws:scheduler:{region}:{account}:schedule/{group_of(body, query)}/{path.split('/')[2]}"
        if headers.get("x-amz-target", "").startswith("AWSStepFunctions.SendTask"):
            execution = executions.owners.get(json.loads(body).get("taskToken"))
            if execution:
                return execution.replace(":execution:", ":stateMachine:").rpartition(":")[0]
        return extract(service, method, path, headers, body, query, region, account)

    return extract_resource


def action(extract):
    def extract_action(service, *args, **named):
        found = extract(service, *args, **named)
        return found.removesuffix("Batch") if service == "sqs" and found else found

    return extract_action


def encrypted(app):
    async def pass_on(scope, receive, send):
        if scope["type"] == "http":
            scope = {**scope, "headers": [*scope["headers"], (b"x-forwarded-proto", b"https")]}
        await app(scope, receive, send)

    return pass_on


def apply():
    replace(lambda_runtime, "execution_credentials", remembered)
    replace(iam_evaluator, "enforce", only_functions)
    replace(iam_actions, "extract_resource_arn", resource)
    replace(iam_actions, "extract_iam_action", action)
