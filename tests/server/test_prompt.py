"""No answer waits for the acknowledgement of the one before."""

from __future__ import annotations

import socket

from server.prompt import answer_at_once


def test_connections_of_a_server_answer_at_once() -> None:
    with socket.socket() as server, socket.socket() as client:  # bound as Streamlit binds it
        server.bind(("127.0.0.1", 0))
        assert answer_at_once() >= 1
        server.listen()
        client.connect(server.getsockname())
        accepted, _ = server.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
