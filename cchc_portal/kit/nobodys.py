"""What the log is not to say: which slip was rated when."""

import logging
import re

CODE_IN_ADDRESS = re.compile(r"(/danh-gia/)(?!cam-on/)[^/\s]+")
"""A slip's code stands in the address; beside the hour of a line it would tell who rated what."""


class WithoutCodes(logging.Filter):
    """Lets every record through, without the codes of slips."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Takes them out of what the line will say."""
        said = record.getMessage()
        told = CODE_IN_ADDRESS.sub(r"\1…", said)
        if told != said:
            record.msg, record.args = told, ()
        return True
