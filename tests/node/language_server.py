"""A client of the YAML language server, as much of one as an editor needs for one file."""

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

from tests.node import node, package

TIMEOUT = 60  # seconds for one answer, on a slow machine


class LanguageServer:
    """The server over its standard streams, with the settings of the workspace's VS Code."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        path = workspace / ".vscode" / "settings.json"
        self.settings = json.loads(path.read_text(encoding="utf-8"))
        server = package("yaml-language-server") / "bin" / "yaml-language-server"
        self.process = subprocess.Popen(
            [node(), str(server), "--stdio"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.diagnostics: dict[str, queue.Queue[list[dict[str, Any]]]] = {}
        self.last_id = 0
        threading.Thread(target=self._read, daemon=True).start()
        folder = {"uri": workspace.as_uri(), "name": "registry"}
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder["uri"],
                "workspaceFolders": [folder],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {"hover": {"contentFormat": ["markdown"]}},
                },
            },
        )
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": self._nested()})

    def open(self, relative: str, text: str) -> list[dict[str, Any]]:
        """Opens a text as that file of the workspace; what is wrong with it."""
        uri = (self.workspace / relative).as_uri()
        self.diagnostics[uri] = queue.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics[uri].get(timeout=TIMEOUT)

    def hover(self, relative: str, line: int, column: int) -> str:
        """What an editor shows over a place; line and column count from 0."""
        found = self._at("textDocument/hover", relative, line, column)
        return found["contents"]["value"] if found else ""

    def completion(self, relative: str, line: int, column: int) -> list[str]:
        found = self._at("textDocument/completion", relative, line, column) or {"items": []}
        return [item["label"] for item in found["items"]]

    def _at(self, method: str, relative: str, line: int, column: int) -> Any:
        uri = (self.workspace / relative).as_uri()
        place = {"line": line, "character": column}
        return self.request(method, {"textDocument": {"uri": uri}, "position": place})

    def close(self) -> None:
        self.process.kill()
        self.process.wait()

    def request(self, method: str, params: Any) -> Any:
        self.last_id += 1
        self._send({"id": self.last_id, "method": method, "params": params})
        while True:
            answer = self.answers.get(timeout=TIMEOUT)
            if answer["id"] == self.last_id:
                assert "error" not in answer, answer
                return answer["result"]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _nested(self) -> dict[str, Any]:
        """``yaml.schemas`` of VS Code as the server asks for it: a section with its settings."""
        inside = {k.removeprefix("yaml."): v for k, v in self.settings.items() if "yaml." in k}
        return {"yaml": {"validate": True, "hover": True, "completion": True, **inside}}

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while head := stream.readline():
            length = int(head.split(b":")[1])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            if "method" not in message:
                self.answers.put(message)
            elif message["method"] == "textDocument/publishDiagnostics":
                found = message["params"]
                if found["uri"] in self.diagnostics:
                    self.diagnostics[found["uri"]].put(found["diagnostics"])
            elif "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] == "workspace/configuration":
            nested = self._nested()
            return [nested.get(item["section"]) for item in message["params"]["items"]]
        return None
