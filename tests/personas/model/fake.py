"""A server that speaks as OpenAI's, over real HTTP, and says whatever a test wants it to."""

from __future__ import annotations

import json

from werkzeug import Response

#: Long enough to be analysed.
SAMPLE = "We walked home along the river, slowly, and nobody said a word until the lamps were lit. " * 4


class Server:
    """What is said next, and what has been asked."""

    def __init__(self, httpserver):
        self.address = httpserver.url_for("/v1")
        self.answers = []
        self.asked = []
        httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(self._answer)

    def says(self, content, *, finish_reason="stop", **message):
        """Answer with a message of the model's, a JSON value or a text."""
        text = content if content is None or isinstance(content, str) else json.dumps(content)
        choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}}
        self.sends({"object": "chat.completion", "choices": [{**choice, "finish_reason": finish_reason}]})

    def sends(self, body, status=200, content_type="application/json", **headers):
        """Answer with something else."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append(Response(data, status, headers, content_type=content_type))

    def does(self, function):
        """Answer with what a function returns."""
        self.answers.append(function)

    def _answer(self, request):
        self.asked.append(request.get_json())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer() if not isinstance(answer, Response) else answer
