"""granian with one listening socket, which all its processes take connections from.

On Linux each of its processes has one of its own otherwise. A process that ends, as on SIGHUP, takes with it the connections
that wait at its own: readers whose request nobody would answer.
Source: granian's server/mp.py, as it is on other systems.
"""

import socket
from typing import Any

from granian._granian import ListenerSpec
from granian.server import MPServer


class OneSocket(MPServer):
    def _init_shared_socket(self) -> None:
        self._ssp = None
        shared: Any = ListenerSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd, self._sfd = shared, shared.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            # A connection is taken once its request has come: one that has brought none yet is closed by a process that ends.
            self._sso.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 1)
