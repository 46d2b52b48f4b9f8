"""Function URLs that a browser on this machine can open: http://127.0.0.1:PORT/_url/ID/ in place of https://ID.lambda-url….

On AWS the host name says which function; nothing resolves those names here. The function sees the path without `/_url/ID`.
"""

import os
import re

from ministack.services import lambda_svc

from replacing import replace

BASE = f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/_url/"
PATH = re.compile(r"/_url/([a-z0-9]{32})(/.*)?")


def reachable(create):
    def create_reachable(func_name, data, qualifier):
        response = create(func_name, data, qualifier)
        config = lambda_svc._function_urls.get(lambda_svc._url_config_key(func_name, qualifier))
        if response[0] == 201 and config:
            config["FunctionUrl"] = f"{BASE}{lambda_svc._new_function_url_id()}/"
            return lambda_svc.json_response(config, status=201)
        return response

    return create_reachable


def identity(original):
    return lambda url: url.removeprefix(BASE).split("/")[0] if url.startswith(BASE) else original(url)


def routed(app):
    async def route(scope, receive, send):
        found = PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found:
            host = (b"host", f"{found[1]}.lambda-url.local.on.aws".encode())
            headers = [host, *(header for header in scope["headers"] if header[0] != b"host")]
            path = found[2] or "/"
            scope = {**scope, "path": path, "raw_path": path.encode(), "headers": headers}
        await app(scope, receive, send)

    return route


def apply():
    replace(lambda_svc, "_create_function_url_config", reachable)
    replace(lambda_svc, "_function_url_id", identity)
