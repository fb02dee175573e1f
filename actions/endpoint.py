"""The action server's HTTP side: Rasa's `/webhook` contract over rasa_sdk's executor, on a server of ours.

rasa_sdk's own server forks a second process with the model in it, allows any origin, and answers an error with the
request body, which is the whole conversation. This one answers with a word.
"""

import json

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

log = structlog.get_logger(__name__)


def create_app(executor: ActionExecutor) -> Starlette:
    async def run_action(request: Request) -> JSONResponse:
        try:
            call = json.loads(await request.body())
        except (ValueError, RecursionError):
            return JSONResponse({"error": "the body is not JSON"}, status_code=422)
        if not isinstance(call, dict) or not isinstance(call.get("next_action"), str):
            return JSONResponse({"error": "the body is no action call"}, status_code=422)
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as rejection:
            return JSONResponse({"error": "rejected", "action_name": rejection.action_name}, status_code=400)
        except ActionNotFoundException as missing:
            log.error("unknown action", action=missing.action_name)
            return JSONResponse({"error": "unknown action", "action_name": missing.action_name}, status_code=404)
        except Exception:
            log.exception("action call failed", action=call["next_action"])
            return JSONResponse({"error": "the action failed"}, status_code=500)
        return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})

    async def health(request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "actions": len(executor.actions)})

    return Starlette(routes=[Route("/webhook", run_action, methods=["POST"]), Route("/health", health)])
