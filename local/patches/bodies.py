"""The JSON bodies of the requests by which a test asks the emulator for something."""

import json


async def body_of(receive):
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    return json.loads(body)
