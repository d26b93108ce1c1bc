"""`python -m cchc_portal.kit.probe URL`: exit 0 if the address answers 200. For health checks."""

import http.client
import os
import sys
from urllib.parse import urlsplit

SECONDS_TO_ANSWER = 5


def answers(url: str) -> bool:
    """Whether the address answers 200, asked under a name that the portal listens to."""
    address = urlsplit(url)
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    call = http.client.HTTPConnection(
        address.hostname or "localhost", address.port, timeout=SECONDS_TO_ANSWER
    )
    try:
        call.request("GET", address.path, headers={"Host": host})
        return call.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        call.close()


if __name__ == "__main__":
    sys.exit(0 if answers(sys.argv[1]) else 1)
