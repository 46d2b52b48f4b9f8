"""Streams of tables: records that fail come again, a bounded number of times, and then go to the on-failure destination.

MiniStack ignores `batchItemFailures` of a stream (what failed is lost), retries a failing call for ever, has no S3
destination, and calls all functions of all streams one after another. Here each mapping reads in its own thread, and:

- everything before the first failed record is done, and reading goes on at that record;
- a batch that gets nowhere is halved (`BisectBatchOnFunctionError`), and only at its smallest counts as a retry;
- after `MaximumRetryAttempts` the records are given up.

Not here: `ParallelizationFactor` (every record is in order) and `MaximumRecordAgeInSeconds`.
"""

import json
import time

from ministack.services import dynamodb, lambda_svc as functions, s3

from replacing import replace

RETRY_AFTER_SECONDS = 0.5

# For each mapping: the number of records to read, and the number of failed attempts.
progress = {}


def poll():
    return any([begin(esm, account, region) for account, region, esm in functions._iter_all_esms()])


def begin(esm, account, region):
    """Reads and delivers in the background when the mapping is idle; true when there was something to read."""
    arn, mapping = esm.get("EventSourceArn", ""), esm["UUID"]
    if ":dynamodb:" not in arn or not esm.get("Enabled", True) or functions._esm_inflight.get(mapping):
        return False
    tokens = functions._request_account_id.set(account), functions._request_region.set(region)
    try:
        function, _ = functions._get_func_record_for_qualifier(esm["FunctionName"], esm.get("Qualifier"))
        table = arn.split("/stream/")[0].split("/")[-1]
        if function is None or dynamodb._tables.get(table, {}).get("LatestStreamArn") != arn:
            return False
        if functions._esm_backoff_until.get(mapping, 0) > time.time():
            return False
        functions._init_stream_position(mapping, arn, esm.get("StartingPosition", "LATEST"))
        width, tries = progress.setdefault(mapping, (int(esm.get("BatchSize", 100)), 0))
        position = max(functions._dynamodb_stream_positions[mapping], dynamodb.stream_start_position(table))
        records = dynamodb.stream_records_since(table, position, width)
        if records:
            functions._dispatch_esm_batch(mapping, deliver, esm, function, records, position, tries)
        return bool(records)
    finally:
        functions._request_account_id.reset(tokens[0])
        functions._request_region.reset(tokens[1])


def deliver(esm, function, records, position, tries):
    mapping, limit = esm["UUID"], int(esm.get("MaximumRetryAttempts", -1))
    full, bisect = int(esm.get("BatchSize", 100)), str(esm.get("BisectBatchOnFunctionError", "")).lower() == "true"
    done, result = handled(esm, function, records)
    width, tries = (full, 0) if done == len(records) else (len(records) - done, 0) if done else (len(records), tries)
    if not done and bisect and width > 1:
        width //= 2
    elif not done and 0 <= limit <= tries:
        give_up(esm, function, records, result)
        done, width, tries = len(records), full, 0
    elif not done:
        tries += 1
        functions._esm_backoff_until[mapping] = time.time() + RETRY_AFTER_SECONDS
    progress[mapping] = (max(width, 1), tries)
    with functions._dynamodb_stream_positions_lock:
        functions._dynamodb_stream_positions[mapping] = position + done


def handled(esm, function, records):
    """How many records, from the first, are done with; and the function's answer."""
    wanted = functions._apply_filter_criteria(records, esm)
    if not wanted:
        return len(records), {}
    result = functions._execute_function(function, {"Records": wanted})
    if result.get("error"):
        functions.logger.warning("%s failed: %s", esm["FunctionName"], result.get("body"))
        return 0, result
    answer = result.get("body") if "ReportBatchItemFailures" in esm.get("FunctionResponseTypes", []) else None
    failed = {failure.get("itemIdentifier") for failure in (answer or {}).get("batchItemFailures") or []}
    numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
    return next((place for place, number in enumerate(numbers) if number in failed), len(records)), result


def give_up(esm, function, records, result):
    target = ((esm.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination", "")
    functions.logger.error("%s gives up %d records, to %s", esm["FunctionName"], len(records), target or "nowhere")
    if not target.startswith("arn:aws:s3:::"):
        functions._send_ddb_stream_failure_record(
            esm, function, records, esm["EventSourceArn"], result, "RetryAttemptsExhausted"
        )
        return
    moment = time.strftime("%Y/%m/%d/%Y-%m-%dT%H.%M.%S", time.gmtime())
    key = f"aws/lambda/{esm['UUID']}/shardId-0/{moment}-{functions.new_uuid()}"
    body = {
        "requestContext": {"functionArn": esm["FunctionArn"], "condition": "RetryAttemptsExhausted"},
        "DDBStreamBatchInfo": {"batchSize": len(records), "streamArn": esm["EventSourceArn"]},
        "payload": json.dumps({"Records": records}, default=str),
    }
    s3._put_object(target.removeprefix("arn:aws:s3:::"), key, json.dumps(body).encode(), {})


def apply():
    replace(functions, "_poll_dynamodb_streams", lambda original: poll)
